/**
 * The two ways in which an archive's files are written, fixed when the archive is made. Plain: RFC 4180 with `\n`. For
 * Excel: a byte order mark, `\r\n`, and an apostrophe in front of what a spreadsheet would take for something else, as
 * `spreadsheetText` of core says.
 */
import type { Options as ParseOptions } from "csv-parse"
import type { Options as StringifyOptions } from "csv-stringify"

export interface CsvDialect {
  readonly excel: boolean
}

export const byteOrderMark = "\uFEFF"

export const recordDelimiter = (dialect: CsvDialect): string => (dialect.excel ? "\r\n" : "\n")

/**
 * `quoted_match` quotes the empty string and leaves NULL bare, which `quoted_empty` would quote too. csv-stringify quotes
 * lone carriage returns and line feeds, which every reader takes for a line end, only if told to once the line end is set.
 */
export const stringifyOptions = (dialect: CsvDialect): StringifyOptions => ({
  record_delimiter: recordDelimiter(dialect),
  quote_record_delimiter: true,
  quoted_match: /^$/,
})

export const parseOptions = (dialect: CsvDialect): ParseOptions => ({
  record_delimiter: recordDelimiter(dialect),
  bom: dialect.excel,
  cast: (text, context) => (text === "" && !context.quoting ? null : text),
})
