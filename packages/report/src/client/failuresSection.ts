/** Where encodings fail: by category, and the files that fail most. */
import { dayAddress } from "../pageAddress.ts"
import type { CategoryFigures, FailedFile } from "../ReportData.ts"
import { categoryName } from "./categoryName.ts"
import { axisStyle, chartFigure, still, tooltipStyle, valueAxisStyle } from "./chartFigure.ts"
import { dayColumn, shareColumn, sizeColumn } from "./columns.ts"
import { dataTable, foldedTable } from "./dataTable.ts"
import { element } from "./element.ts"
import { failureShare } from "./periods.ts"
import type { Report } from "./Report.ts"
import { nothing, section } from "./section.ts"

const categoriesShown = 12

export const failuresSection = (report: Report): HTMLElement => {
  const { data, texts } = report
  const words = texts.failures
  const failing = data.categories.rows
    .filter(({ failure }) => failure > 0)
    .toSorted((a, b) => b.failure - a.failure)
    .slice(0, categoriesShown)
  return section(
    "failures",
    words,
    failing.length === 0 ? nothing(words.chart, words.none) : failureFigure(report, failing),
    categoryTable(report),
    ...(data.failedFiles.rows.length === 0
      ? []
      : [
          element("h3", {}, words.files),
          element("p", { class: "note" }, words.filesNote),
          fileTable(report),
        ]),
  )
}

const failureFigure = (report: Report, rows: ReadonlyArray<CategoryFigures>): HTMLElement => {
  const { texts, wording } = report
  const nameOf = (row: CategoryFigures) => categoryName(row.id, row.name)
  const shareOf = (row: CategoryFigures) => wording.percent(failureShare(row))
  return chartFigure({
    title: texts.failures.chart,
    description: rows.map((row) => `${nameOf(row)} ${wording.count(row.failure)}`).join(", "),
    draw: (width) => {
      const names = Math.min(170, width * 0.35)
      return {
        height: 40 + rows.length * 26,
        option: {
          tooltip: {
            ...tooltipStyle,
            formatter: ({ dataIndex }: any) => {
              const row = rows[dataIndex]!
              return [
                nameOf(row),
                `${texts.columns.failure}: ${wording.count(row.failure)}`,
                `${texts.columns.failureShare}: ${shareOf(row)}`,
              ].join("\n")
            },
          },
          grid: { left: names + 10, right: 110, top: 4, bottom: 28 },
          xAxis: {
            ...valueAxisStyle,
            type: "value",
            minInterval: 1,
            splitNumber: width < 520 ? 2 : 5,
            axisLabel: { ...valueAxisStyle.axisLabel, formatter: wording.count },
          },
          yAxis: {
            ...axisStyle,
            type: "category",
            inverse: true,
            data: rows.map(nameOf),
            axisLabel: { ...axisStyle.axisLabel, hideOverlap: false, width: names, overflow: "truncate" },
          },
          series: [
            {
              type: "bar",
              barMaxWidth: 16,
              itemStyle: { color: "var(--failure)" },
              label: {
                show: true,
                position: "right",
                color: "var(--ink)",
                formatter: ({ dataIndex }: any) => {
                  const row = rows[dataIndex]!
                  return `${wording.count(row.failure)} (${shareOf(row)})`
                },
              },
              data: rows.map(({ failure }) => failure),
              ...still,
            },
          ],
        },
      }
    },
  }).figure
}

const categoryTable = (report: Report): HTMLElement => {
  const { data, texts } = report
  const heads = texts.columns
  return foldedTable<CategoryFigures>(report, {
    caption: texts.failures.table,
    rows: data.categories,
    columns: [
      { head: heads.category, value: (row) => row.name },
      { head: heads.categoryId, value: (row) => row.id },
      { head: heads.encodings, value: (row) => row.encodings, numeric: true },
      { head: heads.complete, value: (row) => row.complete, numeric: true },
      { head: heads.failure, value: (row) => row.failure, numeric: true },
      shareColumn(report, heads.failureShare, failureShare),
      { head: heads.canceled, value: (row) => row.canceled, numeric: true },
      { head: heads.unfinished, value: (row) => row.unfinished, numeric: true },
      sizeColumn(report, heads.size, (row) => row.bytes),
    ],
  })
}

const fileTable = (report: Report): HTMLElement => {
  const { data, texts } = report
  const heads = texts.columns
  const nameOf = (row: FailedFile) => categoryName(row.categoryId, row.categoryName)
  return dataTable<FailedFile>(report, {
    caption: texts.failures.files,
    rows: data.failedFiles,
    choice: { label: heads.category, all: texts.failures.allCategories, of: nameOf },
    columns: [
      {
        head: heads.file,
        value: (row) => row.file,
        address: report.served ? addressOf : undefined,
      },
      { head: heads.category, value: nameOf },
      { head: heads.failure, value: (row) => row.failure, numeric: true },
      { head: heads.complete, value: (row) => row.complete, numeric: true },
      { head: heads.formats, value: (row) => row.formats },
      dayColumn(heads.lastDay, (row) => row.lastDay),
    ],
  })
}

/**
 * All encodings of the file on the day on which it last failed. Their paths have the format before the ending, so that they
 * hold the file's only up to there. Files without a path are all that failed without one.
 */
const addressOf = ({ lastDay, categoryId, file }: FailedFile): string =>
  dayAddress(
    lastDay,
    file === ""
      ? { categoryId, status: "FAILURE" }
      : { categoryId, file: file.replace(/(?<=[^/])\.[^./]+$/, "") },
  )
