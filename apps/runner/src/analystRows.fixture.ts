/**
 * For `pnpm analyst`: every row of `encoding` in the order of its key, as texts that can be held against each other: as the
 * database has it, as DuckDB reads it in a Parquet file, and as LibreOffice shows it of a file for Excel. Times are
 * microseconds of the epoch, measures numbers as JavaScript writes them.
 */
import { DuckDBInstance } from "@duckdb/node-api"
import { Effect, Redacted, Schema } from "effect"
import { restore } from "@vodstation-etl/core/spreadsheetText"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"
import type { SheetCell } from "@vodstation-etl/load/Spreadsheet.fixture"
import { asShown } from "@vodstation-etl/load/Spreadsheet.fixture"

type Text = string | null
export type TextRow = ReadonlyArray<Text>

/** Asks the demo's database; every column has to be a text. */
export const askDatabase = (
  url: string,
  sql: string,
): Promise<ReadonlyArray<Readonly<Record<string, Text>>>> =>
  Effect.runPromise(
    Effect.flatMap(PostgresDatabase, (database) =>
      database.select(Schema.Record(Schema.String, Schema.NullOr(Schema.String)), sql),
    ).pipe(Effect.provide(PostgresDatabase.layer({ target: Redacted.make(url), schema: "demo" }))),
  )

export const askDuckDb = async (sql: string): Promise<ReadonlyArray<TextRow>> => {
  const connection = await (await DuckDBInstance.create()).connect()
  return (await connection.runAndReadAll(sql)).getRows() as unknown as ReadonlyArray<TextRow>
}

type Kind = "text" | "number" | "measure" | "time" | "list"

/** The columns of `encoding`, and how the cells of each are to be compared. */
const columns: ReadonlyArray<readonly [name: string, kind: Kind]> = [
  ["work_date", "text"],
  ["category_id", "number"],
  ["file_path", "text"],
  ["output_type", "text"],
  ["occurrence", "number"],
  ["category_name", "text"],
  ["status", "text"],
  ["link", "text"],
  ["percent", "measure"],
  ["output_total_size", "number"],
  ["last_work_time", "time"],
  ["requested_from", "time"],
  ["requested_before", "time"],
  ["missing_since", "time"],
  ["anomalies", "list"],
  ["raw", "text"],
  ["first_seen_at", "time"],
  ["changed_at", "time"],
  ["run_id", "text"],
]

const selectAs = (text: (name: string, kind: Kind) => string) =>
  columns.map(([name, kind]) => `CAST(${text(name, kind)} AS varchar) AS ${name}`).join(", ")

export const archiveRows = async (url: string): Promise<ReadonlyArray<TextRow>> => {
  const cells = selectAs((name, kind) => {
    if (kind === "time") return `(extract(epoch FROM encoding.${name}) * 1000000)::bigint`
    return kind === "list" ? `array_to_json(encoding.${name})` : `encoding.${name}`
  })
  const key = ["work_date", "category_id", "file_path", "output_type", "occurrence"]
  const order = key.map((name) => `encoding.${name}`).join(", ")
  const rows = await askDatabase(url, `SELECT ${cells} FROM encoding ORDER BY ${order}`)
  return rows.map((row) => columns.map(([name, kind]) => plain(row[name]!, kind)))
}

/** In the order in which they lie in the file. */
export const parquetRows = async (file: string): Promise<ReadonlyArray<TextRow>> => {
  const cells = selectAs((name, kind) => {
    if (kind === "time") return `epoch_us(${name})`
    return kind === "list" ? `to_json(${name})` : name
  })
  const rows = await askDuckDb(`SELECT ${cells} FROM '${file}'`)
  return rows.map((row) => row.map((cell, at) => plain(cell, columns[at]![1])))
}

/** Without the apostrophes that kept the spreadsheet from computing. @param sheet its head first */
export const sheetRows = (sheet: ReadonlyArray<ReadonlyArray<SheetCell>>): ReadonlyArray<TextRow> =>
  sheet.slice(1).map((row) =>
    row.map(({ value }, at) => {
      const [kind, cell] = [columns[at]![1], restore(value)]
      if (cell === "") return cell
      return kind === "time" ? String(Date.parse(cell) * 1000) : asInSheet(plain(cell, kind), kind)
    }),
  )

/** What of a row of the archive a spreadsheet can show: it knows no NULL, no control characters, and 15 digits of a measure. */
export const rowForSheet = (row: TextRow): TextRow =>
  row.map((cell, at) => (cell === null ? "" : asInSheet(cell, columns[at]![1])))

const plain = (cell: Text, kind: Kind): Text =>
  cell === null || kind !== "measure" ? cell : String(Number(cell))

const asInSheet = (cell: Text, kind: Kind): Text =>
  cell === null || kind !== "measure" ? asShown(cell ?? "") : Number(cell).toPrecision(14)

/** Names the columns, for whoever looks at a head. */
export const columnNames: ReadonlyArray<string> = columns.map(([name]) => name)
