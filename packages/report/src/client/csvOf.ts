/** What a table shows as the text of a CSV file for spreadsheets, as `export --excel` writes them. */
import { stringify } from "csv-stringify/browser/esm/sync"
import { defuse, keepDigits } from "@vodstation-etl/core/spreadsheetText"
import type { Column } from "./Column.ts"

/** Without it, Excel takes UTF-8 for the code page of the machine, and Korean for something else. */
const byteOrderMark = "\uFEFF"

export const csvOf = <Row>(columns: ReadonlyArray<Column<Row>>, rows: ReadonlyArray<Row>): string =>
  byteOrderMark +
  stringify(
    [
      columns.map((column) => column.inFile?.head ?? column.head),
      ...rows.map((row) => columns.map((column) => cellOf(column, row))),
    ],
    { record_delimiter: "\r\n", quote_record_delimiter: true },
  )

const cellOf = <Row>(column: Column<Row>, row: Row): string | null => {
  if (column.inFile?.text !== undefined) return column.inFile.text(row)
  const value = column.value(row)
  if (value === null) return null
  return typeof value === "number" ? keepDigits(String(value)) : defuse(value)
}
