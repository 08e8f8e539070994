/** How the size of the outputs grows, by month and category. */
import type { StorageFigures } from "../ReportData.ts"
import { categoryName } from "./categoryName.ts"
import { axisStyle, chartFigure, legendStyle, still, tooltipStyle, valueAxisStyle } from "./chartFigure.ts"
import { choiceOf } from "./choiceOf.ts"
import { dayColumn, sizeColumn } from "./columns.ts"
import { foldedTable, whole } from "./dataTable.ts"
import { sumOf } from "./periods.ts"
import type { Report } from "./Report.ts"
import { nothing, section } from "./section.ts"
import { growthOf } from "./growthOf.ts"

const ways = ["total", "added"] as const

export const storageSection = (report: Report): HTMLElement => {
  const { data, texts, wording } = report
  const words = texts.storage
  if (data.storage.length === 0) return section("storage", words, nothing(words.table, words.none))
  const nameOf = (row: Pick<StorageFigures, "categoryId" | "categoryName">) =>
    row.categoryId === null ? words.others : categoryName(row.categoryId, row.categoryName)
  const growth = growthOf(data.storage)
  let way: (typeof ways)[number] = "total"
  const { figure, redraw } = chartFigure({
    title: words.heading,
    description: growth.categories
      .map((category) => `${nameOf(category)} ${wording.bytes(category.total.at(-1)!)}`)
      .join(", "),
    controls: choiceOf(
      words.show,
      ways.map((name) => [name, words[name]] as const),
      way,
      (chosen) => {
        way = chosen
        redraw()
      },
    ),
    table: monthTable(report, nameOf),
    draw: (width) => {
      const names = growth.categories.map(nameOf)
      const lines = Math.ceil(sumOf(names, (name) => 60 + 7 * shortened(name).length) / width)
      const highest = Math.max(
        ...growth.months.map((_, month) => sumOf(growth.categories, (category) => category[way][month]!)),
      )
      const step = stepFor(highest)
      return {
        height: 26 * lines + 300,
        option: {
          legend: { ...legendStyle, data: growth.categories.map(keyOf), formatter: labelOf },
          tooltip: {
            ...tooltipStyle,
            trigger: "axis",
            axisPointer: { type: "line", lineStyle: { color: "var(--muted)" }, label: { show: false } },
            formatter: ([{ dataIndex }]: any) =>
              [
                growth.months[dataIndex],
                ...growth.categories.map(
                  (category) => `${nameOf(category)}: ${wording.bytes(category[way][dataIndex]!)}`,
                ),
              ].join("\n"),
          },
          grid: { left: 64, right: 12, top: 26 * lines + 12, bottom: 28 },
          xAxis: { ...axisStyle, type: "category", data: growth.months },
          yAxis: {
            ...valueAxisStyle,
            type: "value",
            interval: step,
            max: step * Math.max(1, Math.ceil(highest / step)),
            axisLabel: { ...valueAxisStyle.axisLabel, formatter: wording.bytes },
          },
          series: growth.categories.map((category, index) => ({
            type: "bar",
            stack: "storage",
            name: keyOf(category),
            barMaxWidth: 48,
            barCategoryGap: "25%",
            itemStyle: { color: `var(--c${index + 1})` },
            data: category[way],
            ...still,
          })),
        },
      }
    },
  })
  // Two categories may have one name, which would be one to the legend.
  const keyOf = (row: Pick<StorageFigures, "categoryId">) => row.categoryId ?? "others"
  const labelOf = (key: string) =>
    shortened(nameOf(growth.categories.find((category) => keyOf(category) === key)!))
  return section("storage", words, figure)
}

/** A legend is of one line for each name at most. */
const shortened = (name: string): string => (name.length > 28 ? `${name.slice(0, 27)}…` : name)

/** Steps of 1, 2 or 5 times a power of ten, some four of them. */
const stepFor = (highest: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(4, highest) / 4))
  return ([1, 2, 5, 10].find((step) => step * power >= highest / 4) ?? 10) * power
}

const monthTable = (report: Report, nameOf: (row: StorageFigures) => string): HTMLElement => {
  const { data, texts } = report
  const heads = texts.columns
  const totals = new Map<string | null, number>()
  const rows = data.storage.map((row) => {
    const total = (totals.get(row.categoryId) ?? 0) + row.bytes
    totals.set(row.categoryId, total)
    return { ...row, total }
  })
  return foldedTable<StorageFigures & { readonly total: number }>(report, {
    caption: texts.storage.table,
    rows: whole(rows.toReversed()),
    choice: { label: heads.category, all: texts.failures.allCategories, of: nameOf },
    columns: [
      dayColumn(heads.month, (row) => row.month),
      { head: heads.category, value: nameOf },
      { head: heads.outputs, value: (row) => row.outputs, numeric: true },
      sizeColumn(report, heads.added, (row) => row.bytes),
      sizeColumn(report, heads.total, (row) => row.total),
    ],
  })
}
