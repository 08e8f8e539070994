/** What is stuck, and what could not be understood. */
import type { Part, ReasonFigures, StuckFigures } from "../ReportData.ts"
import { categoryName } from "./categoryName.ts"
import { dataTable } from "./dataTable.ts"
import { element } from "./element.ts"
import type { Report } from "./Report.ts"
import { nothing, section } from "./section.ts"

export const troublesSection = (report: Report): HTMLElement => {
  const { data, texts, wording } = report
  const words = texts.troubles
  const heads = texts.columns
  const reasons = (title: string, none: string, rows: Part<ReasonFigures>) =>
    rows.total === 0
      ? nothing(title, none)
      : titled(
          title,
          dataTable<ReasonFigures>(report, {
            caption: title,
            rows,
            columns: [
              { head: heads.reason, value: (row) => row.reason },
              { head: heads.rows, value: (row) => row.rows, numeric: true },
              { head: heads.days, value: (row) => row.days, numeric: true },
              { head: heads.firstDay, value: (row) => row.firstDay },
              { head: heads.lastDay, value: (row) => row.lastDay },
            ],
          }),
        )
  return section(
    "troubles",
    words,
    data.stuck.total === 0
      ? nothing(words.stuck, words.noStuck)
      : titled(
          words.stuck,
          dataTable<StuckFigures>(report, {
            caption: words.stuck,
            rows: data.stuck,
            columns: [
              { head: heads.day, value: (row) => row.day },
              { head: heads.age, value: (row) => row.ageDays, numeric: true },
              { head: heads.status, value: (row) => row.status },
              { head: heads.category, value: (row) => categoryName(row.categoryId, row.categoryName) },
              { head: heads.format, value: (row) => row.format },
              { head: heads.file, value: (row) => (row.file === "" ? null : row.file) },
              { head: heads.since, value: (row) => row.since, text: (row) => wording.instant(row.since) },
            ],
          }),
        ),
    element(
      "div",
      { class: "pair" },
      reasons(words.rejects, words.noRejects, data.rejects),
      reasons(words.anomalies, words.noAnomalies, data.anomalies),
    ),
  )
}

const titled = (title: string, table: HTMLElement): HTMLElement =>
  element("div", {}, element("h3", {}, title), table)
