/** What is stuck, and what could not be understood. */
import { dayAddress, encodingAddress } from "../pageAddress.ts"
import type { Part, ReasonFigures, StuckFigures } from "../ReportData.ts"
import { categoryName } from "./categoryName.ts"
import { dayColumn, instantColumn } from "./columns.ts"
import { dataTable } from "./dataTable.ts"
import { element } from "./element.ts"
import type { Report } from "./Report.ts"
import { nothing, section } from "./section.ts"

export const troublesSection = (report: Report): HTMLElement => {
  const { data, texts, served } = report
  const words = texts.troubles
  const heads = texts.columns
  const leading = <Row>(address: (row: Row) => string) => (served ? address : undefined)
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
              dayColumn(
                heads.firstDay,
                (row) => row.firstDay,
                leading((row: ReasonFigures) => dayAddress(row.firstDay)),
              ),
              dayColumn(
                heads.lastDay,
                (row) => row.lastDay,
                leading((row: ReasonFigures) => dayAddress(row.lastDay)),
              ),
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
              dayColumn(
                heads.day,
                (row) => row.day,
                leading((row: StuckFigures) => dayAddress(row.day)),
              ),
              { head: heads.age, value: (row) => row.ageDays, numeric: true },
              { head: heads.status, value: (row) => row.status },
              { head: heads.category, value: (row) => categoryName(row.categoryId, row.categoryName) },
              { head: heads.format, value: (row) => row.format },
              {
                head: heads.file,
                value: (row) => (row.file === "" ? null : row.file),
                address: leading(stuckAddress),
              },
              instantColumn(report, heads.since, (row) => row.since),
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

const stuckAddress = ({ day, categoryId, file, format, occurrence }: StuckFigures): string =>
  encodingAddress({ workDate: day, categoryId, filePath: file, outputType: format, occurrence })
