/** Which days the archive holds, as calendars: a shape and a colour for each state. */
import { dayAddress } from "../pageAddress.ts"
import type { DayLook, ReportDay } from "../ReportData.ts"
import { calendarBlocks, weeksOf } from "./calendarBlocks.ts"
import { chartFigure, legendStyle, still, tooltipStyle } from "./chartFigure.ts"
import { dayColumn, instantColumn, shareColumn, sizeColumn } from "./columns.ts"
import type { Column } from "./Column.ts"
import { foldedTable, whole } from "./dataTable.ts"
import { element } from "./element.ts"
import { failureShare } from "./periods.ts"
import type { Report } from "./Report.ts"
import { section } from "./section.ts"

const looks: ReadonlyArray<{ readonly look: DayLook; readonly symbol: string; readonly hollow?: boolean }> = [
  { look: "closed", symbol: "rect" },
  { look: "open", symbol: "circle" },
  { look: "failed", symbol: "path://M2,0L5,3L8,0L10,2L7,5L10,8L8,10L5,7L2,10L0,8L3,5L0,2Z" },
  { look: "missing", symbol: "rect", hollow: true },
]

const yearsAtFirst = 2
const [legendHeight, blockHead, labels] = [28, 26, 52]

export const coverageSection = (report: Report): HTMLElement => {
  const { data, texts, wording } = report
  const words = texts.coverage
  const { days } = data
  const firstYear = Number(days[0]!.day.slice(0, 4))
  const years = Number(days.at(-1)!.day.slice(0, 4)) - firstYear + 1
  let shownYears = Math.min(years, yearsAtFirst)

  const more = element("button", { type: "button" }, words.allYears(String(years)))
  const { figure, redraw } = chartFigure({
    title: words.dayTable,
    description: looks
      .map(
        ({ look }) => `${words.looks[look]} ${wording.count(days.filter((day) => day.look === look).length)}`,
      )
      .join(", "),
    ...(years > yearsAtFirst ? { controls: element("div", { class: "controls" }, more) } : {}),
    table: foldedTable(report, { caption: words.dayTable, ...dayTable(report) }),
    ...(report.served ? { addressOf: ({ data }: any) => dayAddress(data[2].day) } : {}),
    draw: (width) => {
      const since = `${firstYear + years - shownYears}-01-01`
      const shown = days.filter(({ day }) => day >= since)
      const blocks = calendarBlocks(shown[0]!.day, shown.at(-1)!.day, width < 700)
      const cell = Math.min(20, Math.floor((width - labels - 4) / Math.max(...blocks.map(weeksOf))))
      const blockHeight = blockHead + 7 * cell + 12
      return {
        height: legendHeight + blocks.length * blockHeight,
        option: {
          legend: { ...legendStyle, data: looks.map(({ look }) => words.looks[look]) },
          tooltip: { ...tooltipStyle, formatter: ({ data }: any) => aboutDay(report, data[2]) },
          calendar: blocks.map((block, index) => ({
            left: labels,
            top: legendHeight + index * blockHeight + blockHead,
            width: weeksOf(block) * cell,
            height: 7 * cell,
            cellSize: cell,
            range: [block.from, block.to],
            itemStyle: { color: "transparent", borderColor: "var(--line)", borderWidth: 1 },
            splitLine: { lineStyle: { color: "var(--muted)", width: 1 } },
            dayLabel: {
              firstDay: 1,
              nameMap: wording.weekdays.map((name, index) => (cell >= 14 || index % 2 === 1 ? name : "")),
              color: "var(--muted)",
              fontSize: 11,
            },
            monthLabel: { nameMap: wording.months, color: "var(--ink)", fontSize: 12, align: "left" },
            yearLabel: {
              color: "var(--ink)",
              fontSize: 13,
              fontWeight: "normal",
              margin: 30,
              formatter: "{start}",
            },
          })),
          series: blocks.flatMap((block, index) => {
            const inBlock = shown.filter(({ day }) => day >= block.from && day <= block.to)
            return looks.map(({ look, symbol, hollow }) => ({
              type: "scatter",
              coordinateSystem: "calendar",
              calendarIndex: index,
              name: words.looks[look],
              symbol,
              symbolSize: cell - (look === "closed" ? 4 : 5),
              itemStyle:
                hollow === true
                  ? { color: "transparent", borderColor: `var(--${look})`, borderWidth: 2, opacity: 1 }
                  : { color: `var(--${look})`, opacity: 1 },
              data: inBlock.flatMap((day) => (day.look === look ? [[day.day, 1, day]] : [])),
              ...still,
            }))
          }),
        },
      }
    },
  })
  more.addEventListener("click", () => {
    const all = shownYears === years
    shownYears = all ? yearsAtFirst : years
    more.textContent = all ? words.allYears(String(years)) : words.lastYears
    redraw()
  })
  return section("coverage", words, figure)
}

const aboutDay = ({ texts, wording }: Report, day: ReportDay): string =>
  [
    `${day.day}: ${texts.coverage.looks[day.look]}`,
    ...(day.look === "closed" || day.look === "open"
      ? [`${texts.columns.encodings}: ${wording.count(day.encodings)}`]
      : []),
    ...(day.proof === null ? [] : [`${texts.columns.proof}: ${day.proof}`]),
  ].join("\n")

const dayTable = (report: Report) => {
  const { data, texts, served } = report
  const { columns: heads, coverage } = texts
  const number = (
    key:
      | "encodings"
      | "complete"
      | "failure"
      | "canceled"
      | "unfinished"
      | "rejected"
      | "forgotten"
      | "requests",
  ): Column<ReportDay> => ({ head: heads[key], value: (row) => row[key], numeric: true })
  return {
    rows: whole(data.days.toReversed()),
    choice: {
      label: heads.state,
      all: texts.table.all,
      of: ({ look }: ReportDay) => coverage.looks[look],
    },
    columns: [
      dayColumn<ReportDay>(heads.day, (row) => row.day, served ? (row) => dayAddress(row.day) : undefined),
      { head: heads.state, value: (row: ReportDay) => coverage.looks[row.look] },
      { head: heads.proof, value: (row: ReportDay) => row.proof },
      number("encodings"),
      number("complete"),
      number("failure"),
      shareColumn<ReportDay>(report, heads.failureShare, failureShare),
      number("canceled"),
      number("unfinished"),
      number("rejected"),
      number("forgotten"),
      sizeColumn<ReportDay>(report, heads.size, (row) => row.bytes),
      number("requests"),
      instantColumn<ReportDay>(report, heads.readAt, (row) => row.readAt),
    ],
  }
}
