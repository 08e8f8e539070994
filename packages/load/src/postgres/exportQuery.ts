/**
 * The query that an export copies out: a table's columns in their order, each as the text that the CSV archive has for it,
 * and the rows in the order of their key. Made from the catalogue, so that a view of tomorrow needs nothing here.
 */
import * as Schema from "effect/Schema"
import pg from "pg"
import { needsApostrophe, shortWholes, tooLong } from "../csv/CsvDialect.ts"
import type { ExportRequest } from "../TableExport.ts"

/** A row of sql/selectColumns.sql. */
export const ExportColumn = Schema.Struct({
  table: Schema.String,
  column: Schema.String,
  /** As Postgres prints it, such as `timestamp with time zone`. */
  type: Schema.String,
  /** It sorts otherwise than by bytes unless told to. */
  otherCollation: Schema.Boolean,
  /** From 1, of a column of the primary key. */
  keyPosition: Schema.NullOr(Schema.Int),
})
export type ExportColumn = typeof ExportColumn.Type

const quote = pg.escapeIdentifier
const literal = pg.escapeLiteral

/** @param columns of the table that is asked for, in order; at least one */
export const exportQuery = (columns: ReadonlyArray<ExportColumn>, request: ExportRequest): string => {
  const cells = columns.map((column) => `${cellOf(column, request.excel)} AS ${quote(column.column)}`)
  return [
    `SELECT ${cells.join(", ")}`,
    `FROM ${quote(request.table)} AS exported`,
    ...whereOf(request),
    `ORDER BY ${orderOf(columns).map(sortedBy).join(", ")}`,
  ].join("\n")
}

/** Whether days can be told apart in it. */
export const isWorkDate = ({ column, type }: ExportColumn): boolean =>
  column === "work_date" && type === "date"

const whereOf = ({ from, before }: ExportRequest): ReadonlyArray<string> => {
  const conditions = [
    ...(from === undefined ? [] : [`exported.work_date >= ${literal(from)}`]),
    ...(before === undefined ? [] : [`exported.work_date < ${literal(before)}`]),
  ]
  return conditions.length === 0 ? [] : [`WHERE ${conditions.join(" AND ")}`]
}

const valueOf = ({ column }: ExportColumn): string => `exported.${quote(column)}`

const isoTime = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`

/** Types whose text no spreadsheet takes for anything else; a number that begins with `-` is to stay a number. */
const harmless = /^(date|time|uuid|boolean|smallint|integer|real|double|interval)/
/** Of these it keeps fifteen digits. */
const exact = /^(bigint|numeric)/

const cellOf = (column: ExportColumn, excel: boolean): string => {
  const value = valueOf(column)
  // The text of an infinite time, which to_char does not know, is what is left.
  if (column.type === "timestamp with time zone")
    return `coalesce(to_char(${value} AT TIME ZONE 'UTC', ${isoTime}), ${value}::text)`
  const text = textOf(column)
  if (!excel || harmless.test(column.type)) return text
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

/** What a row of the archive is known by. */
const archiveKey = ["work_date", "category_id", "file_path", "output_type", "occurrence"]
/** When a state began and ended: states of one key stand in the order of their time. */
const stateTimes = ["changed_at", "superseded_at"]

/**
 * The primary key; where there is none, as in history and in views, every column, those first that rows are known by, so
 * that only rows that are alike in all of them stand in no order.
 */
const orderOf = (columns: ReadonlyArray<ExportColumn>): ReadonlyArray<ExportColumn> => {
  const key = columns.filter(({ keyPosition }) => keyPosition !== null)
  if (key.length > 0) return key.toSorted((a, b) => a.keyPosition! - b.keyPosition!)
  const first = columns.some(({ column }) => column === "superseded_at")
    ? [...archiveKey, ...stateTimes]
    : archiveKey
  const known = first.flatMap((name) => columns.filter(({ column }) => column === name))
  return [...known, ...columns.filter((column) => !known.includes(column))]
}

/** Postgres compares no json; and text goes by its bytes. */
const sortedBy = (column: ExportColumn): string => {
  const value = valueOf(column)
  if (column.type === "json" || column.type === "xml") return `${value}::text COLLATE "C"`
  return column.otherCollation ? `${value} COLLATE "C"` : value
}
