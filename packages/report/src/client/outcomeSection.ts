/** What became of the encodings, over time: how many, and below which share failed. */
import { axisStyle, chartFigure, legendStyle, still, tooltipStyle, valueAxisStyle } from "./chartFigure.ts"
import { dayAddress } from "../pageAddress.ts"
import { choiceOf } from "./choiceOf.ts"
import { dayColumn, shareColumn, sizeColumn } from "./columns.ts"
import { dataTable, whole } from "./dataTable.ts"
import { element } from "./element.ts"
import type { Period, Unit } from "./periods.ts"
import { failureShare, outcomesOf, periodsOf, usualUnit } from "./periods.ts"
import type { Report } from "./Report.ts"
import { section } from "./section.ts"

const units = ["day", "week", "month"] as const
const parts = ["complete", "canceled", "unfinished", "failure"] as const

export const outcomeSection = (report: Report): HTMLElement => {
  const { data, texts, wording } = report
  const words = texts.outcome
  let unit: Unit = usualUnit(data.days.length)
  let periods = periodsOf(data.days, unit)
  const all = outcomesOf(data.days)

  const behind = element("details", {}, element("summary", {}, `${texts.table.behind}: ${words.table}`))
  const fillBehind = () => {
    behind.querySelector(".data-table")?.remove()
    if (behind.open) behind.append(periodTable(report, periods, unit))
  }
  behind.addEventListener("toggle", fillBehind)

  const controls = choiceOf(
    words.by,
    units.map((name) => [name, words.units[name]] as const),
    unit,
    (chosen) => {
      unit = chosen
      periods = periodsOf(data.days, unit)
      redraw()
      fillBehind()
    },
  )
  const { figure, redraw } = chartFigure({
    title: texts.columns.encodings,
    description: [
      ...parts.map((part) => `${texts.columns[part]} ${wording.count(all[part])}`),
      `${texts.columns.failureShare}: ${wording.percent(failureShare(all))}`,
    ].join(", "),
    controls,
    table: behind,
    draw: (width) => {
      const legendHeight = width < 520 ? 56 : 32
      const [upper, lower] = [200, 90]
      const grid = { left: 56, right: 40 }
      const xAxis = { ...axisStyle, type: "category", data: periods.map(({ start }) => start) }
      return {
        height: legendHeight + upper + lower + 70,
        option: {
          legend: { ...legendStyle, data: [...parts.map((part) => texts.columns[part]), words.share] },
          tooltip: {
            ...tooltipStyle,
            trigger: "axis",
            axisPointer: { type: "line", lineStyle: { color: "var(--muted)" } },
            formatter: (points: any) => aboutPeriod(report, periods[points[0].dataIndex]!),
          },
          axisPointer: { link: [{ xAxisIndex: "all" }], label: { show: false } },
          grid: [
            { ...grid, top: legendHeight + 8, height: upper },
            { ...grid, top: legendHeight + upper + 36, height: lower },
          ],
          xAxis: [
            { ...xAxis, gridIndex: 0, axisLabel: { show: false } },
            { ...xAxis, gridIndex: 1 },
          ],
          yAxis: [
            { ...valueAxisStyle, type: "value", gridIndex: 0, minInterval: 1 },
            { ...valueAxisStyle, type: "value", gridIndex: 1, splitNumber: 2, min: 0 },
          ].map((axis) => ({
            ...axis,
            axisLabel: { ...axis.axisLabel, formatter: (value: number) => short(value, wording.language) },
          })),
          series: [
            ...parts.map((part) => ({
              type: "bar",
              stack: "outcome",
              name: texts.columns[part],
              barMaxWidth: 36,
              barCategoryGap: "20%",
              itemStyle: { color: `var(--${part})` },
              data: periods.map((period) => period[part]),
              ...still,
            })),
            {
              type: "line",
              name: words.share,
              xAxisIndex: 1,
              yAxisIndex: 1,
              symbol: "circle",
              symbolSize: 5,
              showSymbol: periods.length <= 62,
              lineStyle: { color: "var(--failure)", width: 2 },
              itemStyle: { color: "var(--failure)" },
              data: periods.map((period) => {
                const share = failureShare(period)
                return share === null ? null : 100 * share
              }),
              ...still,
            },
          ],
        },
      }
    },
  })
  return section("outcome", words, figure)
}

const short = (value: number, language: string): string =>
  new Intl.NumberFormat(language, { notation: "compact", maximumFractionDigits: 1 }).format(value)

const aboutPeriod = ({ texts, wording }: Report, period: Period): string =>
  [
    period.start,
    ...parts.map((part) => `${texts.columns[part]}: ${wording.count(period[part])}`),
    `${texts.columns.failureShare}: ${wording.percent(failureShare(period))}`,
  ].join("\n")

const periodTable = (report: Report, periods: ReadonlyArray<Period>, unit: Unit): HTMLElement => {
  const { texts, served } = report
  const heads = texts.columns
  const number = (key: "encodings" | (typeof parts)[number] | "rejected") => ({
    head: heads[key],
    value: (row: Period) => row[key],
    numeric: true,
  })
  return dataTable<Period>(report, {
    caption: texts.outcome.table,
    rows: whole(periods.toReversed()),
    columns: [
      dayColumn(
        unit === "day" ? heads.day : unit === "month" ? heads.month : heads.period,
        (row) => row.start,
        served && unit === "day" ? (row) => dayAddress(row.start) : undefined,
      ),
      number("encodings"),
      number("complete"),
      number("failure"),
      shareColumn(report, heads.failureShare, failureShare),
      number("canceled"),
      number("unfinished"),
      number("rejected"),
      sizeColumn(report, heads.size, (row) => row.bytes),
    ],
  })
}
