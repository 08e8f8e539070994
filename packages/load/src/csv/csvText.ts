/** Rows of a table as the text of a CSV file. */
import { stringify } from "csv-stringify/sync"
import { defuse, keepDigits } from "@vodstation-etl/core/spreadsheetText"
import { byteOrderMark, recordDelimiter, stringifyOptions } from "./CsvDialect.ts"
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
  records: ReadonlyArray<Array<Cell>>,
): string => {
  const quoted = quotedBy(dialect)
  const lineEnd = recordDelimiter(dialect)
  let text = ""
  for (const record of records) {
    if (dialect.excel) {
      for (let column = 0; column < record.length; column++) {
        const cell = record[column]!
        if (cell !== null) record[column] = textColumns.includes(column) ? defuse(cell) : keepDigits(cell)
      }
    }
    for (let column = 0; column < record.length; column++) {
      const cell = record[column]!
      if (column > 0) text += ","
      if (cell !== null) text += mayNeedQuotes.test(cell) ? quoted(cell) : cell
    }
    text += lineEnd
  }
  return text
}

/** All other cells stand in a file as they are. csv-stringify, asked about each of them, took half the time of a load. */
const mayNeedQuotes = /^$|[",\r\n]/

const quotedBy = (dialect: CsvDialect) => {
  const options = stringifyOptions(dialect)
  const end = -recordDelimiter(dialect).length
  return (cell: string): string => stringify([[cell]], options).slice(0, end)
}
