/** The archive itself: how its days were proven, how the API answered, and what is still to be done. */
import { dayAddress } from "../pageAddress.ts"
import type { ReportDay, RunFigures } from "../ReportData.ts"
import { axisStyle, chartFigure, legendStyle, still, tooltipStyle, valueAxisStyle } from "./chartFigure.ts"
import { dayColumn, instantColumn } from "./columns.ts"
import { dataTable, foldedTable, whole } from "./dataTable.ts"
import { element } from "./element.ts"
import { periodStart, sumOf, usualUnit } from "./periods.ts"
import type { Report } from "./Report.ts"
import { nothing, section } from "./section.ts"

export const healthSection = (report: Report): HTMLElement => {
  const { data, texts } = report
  const words = texts.health
  const notClosed = data.days.filter(({ look }) => look !== "closed")
  return section(
    "health",
    words,
    element(
      "div",
      { class: "pair" },
      element("div", {}, element("h3", {}, words.proofs), proofTable(report)),
      data.runs.length === 0 ? nothing(words.requests, words.noRuns) : requestFigure(report),
    ),
    notClosed.length === 0
      ? nothing(words.notClosed, words.allClosed)
      : element("div", {}, element("h3", {}, words.notClosed), notClosedTable(report, notClosed)),
  )
}

const proofTable = (report: Report): HTMLElement => {
  const { data, texts } = report
  const heads = texts.columns
  const names = texts.health.proofNames
  const groups = Array.from(
    Map.groupBy(data.days, ({ proof, look }) => `${proof} ${look}`).values(),
    (days) => ({
      proof: days[0]!.proof,
      look: days[0]!.look,
      days: days.length,
      encodings: sumOf(days, (day) => day.encodings),
    }),
  ).toSorted((a, b) => b.days - a.days)
  return dataTable(report, {
    caption: texts.health.proofs,
    rows: whole(groups),
    columns: [
      { head: heads.proof, value: (row) => (row.proof === null ? texts.health.noProof : names[row.proof]) },
      { head: heads.state, value: (row) => texts.coverage.looks[row.look] },
      { head: heads.days, value: (row) => row.days, numeric: true },
      { head: heads.encodings, value: (row) => row.encodings, numeric: true },
    ],
  })
}

const requestFigure = (report: Report): HTMLElement => {
  const { data, texts, wording } = report
  const words = texts.health
  const dayOf = (run: RunFigures) => wording.instant(run.startedAt).slice(0, 10)
  const unit = usualUnit(new Set(data.runs.map(dayOf)).size)
  const groups = Array.from(
    Map.groupBy(data.runs, (run) => periodStart(dayOf(run), unit)),
    ([start, runs]) => {
      const retries = sumOf(runs, (run) => run.retries)
      return { start, retries, first: sumOf(runs, (run) => run.requests) - retries }
    },
  )
  const series = [
    { name: words.firstTries, color: "var(--c1)", data: groups.map(({ first }) => first) },
    { name: texts.columns.retries, color: "var(--failure)", data: groups.map(({ retries }) => retries) },
  ]
  return chartFigure({
    title: words.requests,
    description: series
      .map(({ name, data }) => `${name} ${wording.count(sumOf(data, (requests) => requests))}`)
      .join(", "),
    table: runTable(report),
    draw: () => ({
      height: 240,
      option: {
        legend: { ...legendStyle, data: series.map(({ name }) => name) },
        tooltip: {
          ...tooltipStyle,
          trigger: "axis",
          axisPointer: { type: "line", lineStyle: { color: "var(--muted)" }, label: { show: false } },
          formatter: ([{ dataIndex }]: any) =>
            [
              groups[dataIndex]!.start,
              ...series.map(({ name, data }) => `${name}: ${wording.count(data[dataIndex]!)}`),
            ].join("\n"),
        },
        grid: { left: 56, right: 40, top: 36, bottom: 28 },
        xAxis: { ...axisStyle, type: "category", data: groups.map(({ start }) => start) },
        yAxis: {
          ...valueAxisStyle,
          type: "value",
          minInterval: 1,
          axisLabel: { ...valueAxisStyle.axisLabel, formatter: wording.count },
        },
        series: series.map(({ name, color, data }) => ({
          type: "bar",
          stack: "requests",
          name,
          barMaxWidth: 36,
          itemStyle: { color },
          data,
          ...still,
        })),
      },
    }),
  }).figure
}

const runTable = (report: Report): HTMLElement => {
  const { data, texts } = report
  const heads = texts.columns
  return foldedTable<RunFigures>(report, {
    caption: texts.health.runs,
    rows: whole(data.runs.toReversed()),
    columns: [
      instantColumn(report, heads.started, (row) => row.startedAt),
      { head: heads.command, value: (row) => row.command },
      { head: heads.outcome, value: (row) => texts.health.outcomes[row.outcome] },
      { head: heads.rows, value: (row) => row.rows, numeric: true },
      { head: heads.requests, value: (row) => row.requests, numeric: true },
      { head: heads.retries, value: (row) => row.retries, numeric: true },
      { head: heads.took, value: (row) => row.seconds, numeric: true },
    ],
  })
}

const notClosedTable = (report: Report, days: ReadonlyArray<ReportDay>): HTMLElement => {
  const { texts } = report
  const heads = texts.columns
  const looks = texts.coverage.looks
  return dataTable<ReportDay>(report, {
    caption: texts.health.notClosed,
    rows: whole(days.toReversed()),
    choice: { label: heads.state, all: texts.table.all, of: ({ look }) => looks[look] },
    columns: [
      dayColumn(heads.day, (row) => row.day, report.served ? (row) => dayAddress(row.day) : undefined),
      { head: heads.state, value: (row) => looks[row.look] },
      { head: heads.encodings, value: (row) => row.encodings, numeric: true },
      { head: heads.unfinished, value: (row) => row.openRows, numeric: true },
      { head: heads.reason, value: (row) => whyNotClosed(report, row) },
    ],
  })
}

const whyNotClosed = ({ texts, wording }: Report, day: ReportDay): string => {
  const reasons = texts.health.reasons
  if (day.error !== null) return day.error
  if (day.look === "missing") return reasons.missing
  if (day.openRows > 0) return reasons.openRows(wording.count(day.openRows))
  return day.proof === "count" ? reasons.weak : reasons.notSettled
}
