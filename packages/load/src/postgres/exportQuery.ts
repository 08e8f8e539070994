/**
 * The query that an export copies out: the columns in their order, each as the text that the CSV archive has for it, and the
 * rows of a table or view in the order of their key. Made from the catalogue, so that a view of tomorrow needs nothing here.
 */
import * as Schema from "effect/Schema"
import pg from "pg"
import { needsApostrophe, shortWholes, tooLong } from "@vodstation-etl/core/spreadsheetText"
import { exportOrder } from "../exportOrder.ts"
import type { Asked, DayRange, RowCondition, TextFormat } from "../TableExport.ts"

/** A row of sql/selectColumns.sql. */
export const ExportColumn = Schema.Struct({
  table: Schema.String,
  column: Schema.String,
  /** As Postgres prints it, such as `timestamp with time zone`. */
  type: Schema.String,
  /** The same with its length or precision, such as `numeric(12,2)`. */
  declared: Schema.String,
  /** It sorts otherwise than by bytes unless told to. */
  otherCollation: Schema.Boolean,
  /** From 1, of a column of the primary key. */
  keyPosition: Schema.NullOr(Schema.Int),
})
export type ExportColumn = typeof ExportColumn.Type

const quote = pg.escapeIdentifier
const literal = pg.escapeLiteral

/** How the cells are meant: as text of CSV or NDJSON, or for DuckDB to read, in the server's own forms where it does. */
export type CellFormat = TextFormat | { readonly format: "parquet" }

/** @param columns of what is asked, in order; at least one */
export const exportQuery = (
  columns: ReadonlyArray<ExportColumn>,
  asked: Asked,
  format: CellFormat,
): string => {
  const cells = columns.map((column) => `${cellOf(column, format)} AS ${quote(column.column)}`)
  // DuckDB passes over a line without any text (duckdb/parquetFiles.ts).
  if (format.format === "parquet" && cells.length === 1) cells.push("0")
  const query = [`SELECT ${cells.join(", ")}`, ...fromOf(asked, columns)].join("\n")
  return format.format === "ndjson" ? `SELECT row_to_json(line) FROM (${query}) AS line` : query
}

const fromOf = (asked: Asked, columns: ReadonlyArray<ExportColumn>): ReadonlyArray<string> =>
  "select" in asked
    ? // The line end, since it may end in a comment.
      [`FROM (${asked.select}\n) AS exported`]
    : [
        `FROM ${quote(asked.table)} AS exported`,
        ...whereOf(asked),
        `ORDER BY ${orderOf(columns).map(sortedBy).join(", ")}`,
      ]

/** Whether days can be told apart in it. */
export const isWorkDate = ({ column, type }: ExportColumn): boolean =>
  column === "work_date" && type === "date"

/** Holds the parameter of a condition. @param number from 1 */
export const parameterSetting = (number: number): string => `vodstation_etl.parameter_${number}`

const whereOf = ({
  from,
  before,
  rows,
}: DayRange & { readonly rows?: RowCondition }): ReadonlyArray<string> => {
  const conditions = [
    ...(from === undefined ? [] : [`exported.work_date >= ${literal(from)}`]),
    ...(before === undefined ? [] : [`exported.work_date < ${literal(before)}`]),
    ...(rows === undefined
      ? []
      : [rows.sql.replaceAll(/\$(\d+)/g, (_, n) => `current_setting('${parameterSetting(Number(n))}')`)]),
  ]
  return conditions.length === 0 ? [] : [`WHERE ${conditions.join(" AND ")}`]
}

const valueOf = ({ column }: ExportColumn): string => `exported.${quote(column)}`

const isoTime = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

/** Types whose text no spreadsheet takes for anything else; a number that begins with `-` is to stay a number. */
const harmless = /^(date|time|uuid|boolean|smallint|integer|real|double|interval)/
/** Of these it keeps fifteen digits. */
const exact = /^(bigint|numeric)/

const cellOf = (column: ExportColumn, format: CellFormat): string => {
  const value = valueOf(column)
  if (column.type === "timestamp with time zone" && format.format !== "parquet")
    // The text of an infinite time, which to_char does not know, is what is left.
    return `coalesce(to_char(${value} AT TIME ZONE 'UTC', ${isoTime}), ${value}::text)`
  // As it came, and not as a part of the line.
  if (format.format === "ndjson") return /^(json|xml)/.test(column.type) ? `${value}::text` : value
  const text = textOf(column)
  const isForExcel = format.format === "csv" && format.excel
  if (!isForExcel || harmless.test(column.type)) return text
  return withApostrophe(`(${text})::text COLLATE "C"`, exact.test(column.type))
}

const textOf = (column: ExportColumn): string => {
  const value = valueOf(column)
  if (column.type === "boolean") return `${value}::text`
  if (column.type.endsWith("[]"))
    return `CASE WHEN ${value} = '{}' THEN '[]' ELSE to_json(${value})::text END`
  return value
}

/** `defuse` and `keepDigits` of csv/CsvDialect.ts. */
const withApostrophe = (text: string, isNumber: boolean): string => {
  const needed = isNumber
    ? `${text} ~ ${literal(tooLong)}`
    : `${text} ~* ${literal(needsApostrophe)} AND ${text} !~ ${literal(shortWholes)}`
  return `CASE WHEN ${needed} THEN '''' || ${text} ELSE ${text} END`
}

/** The primary key; where there is none, as in history and in views, every column (exportOrder.ts). */
const orderOf = (columns: ReadonlyArray<ExportColumn>): ReadonlyArray<ExportColumn> => {
  const key = columns.filter(({ keyPosition }) => keyPosition !== null)
  if (key.length > 0) return key.toSorted((a, b) => a.keyPosition! - b.keyPosition!)
  const ordered = exportOrder(columns.map(({ column }) => column))
  return ordered.flatMap((name) => columns.filter(({ column }) => column === name))
}

/** Postgres compares no json; and text goes by its bytes. */
const sortedBy = (column: ExportColumn): string => {
  const value = valueOf(column)
  if (column.type === "json" || column.type === "xml") return `${value}::text COLLATE "C"`
  return column.otherCollation ? `${value} COLLATE "C"` : value
}
