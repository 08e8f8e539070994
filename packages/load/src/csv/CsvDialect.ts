/**
 * The two ways in which an archive's files are written, fixed when the archive is made. Plain: RFC 4180 with `\n`. For
 * Excel: a byte order mark, `\r\n`, and formulas defused.
 *
 * A text is defused by putting one `'` in front of it when it begins with a character that makes a spreadsheet compute it
 * (OWASP, "CSV Injection", with the full-width forms that some programs take for the ASCII ones), and also when it begins
 * with `'` itself. So every text in the file that begins with `'` was given exactly one, and taking exactly one away gives
 * back what was there. csv-stringify's own `escape_formulas` leaves texts alone that begin with `'`, so that `'=1` and `=1`
 * would come out the same.
 */
import type { Options as ParseOptions } from "csv-parse"
import type { Options as StringifyOptions } from "csv-stringify"

export interface CsvDialect {
  readonly excel: boolean
}

export const byteOrderMark = "\uFEFF"

const needsApostrophe = /^[=+\-@\t\r\n'\uFF1D\uFF0B\uFF0D\uFF20]/

/** Makes a text harmless to a spreadsheet. */
export const defuse = (text: string): string => (needsApostrophe.test(text) ? `'${text}` : text)

/** Undoes `defuse`. */
export const restore = (text: string): string => (text.startsWith("'") ? text.slice(1) : text)

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
