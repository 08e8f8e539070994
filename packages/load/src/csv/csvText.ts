/** Rows of a table as the text of a CSV file. */
import { stringify } from "csv-stringify/sync"
import { byteOrderMark, defuse, stringifyOptions } from "./CsvDialect.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import type { Cell, CsvTable } from "./CsvTable.ts"

/** What a file begins with: the header row, and for Excel the byte order mark before it. */
export const csvHeader = (columns: ReadonlyArray<string>, dialect: CsvDialect): string =>
  (dialect.excel ? byteOrderMark : "") + stringify([columns], stringifyOptions(dialect))

/** The rows, each with its line end. */
export const csvRows = <A>(table: CsvTable<A>, dialect: CsvDialect, rows: ReadonlyArray<A>): string =>
  csvRecords(table.textColumns, dialect, rows.map(table.toCells))

/** `csvRows` of cells, which are changed in place. */
export const csvRecords = (
  textColumns: ReadonlyArray<number>,
  dialect: CsvDialect,
  records: Array<Array<Cell>>,
): string => {
  if (dialect.excel) {
    for (const record of records)
      for (const column of textColumns) {
        const cell = record[column]!
        if (cell !== null) record[column] = defuse(cell)
      }
  }
  return stringify(records, stringifyOptions(dialect))
}
