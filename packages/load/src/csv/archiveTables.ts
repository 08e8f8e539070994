/**
 * SQL that gives DuckDB the tables of a CSV archive by their names in Postgres: views of the days' files, which are read
 * when they are asked for, and copies of what is small.
 */
import { textLiteral } from "../duckdb/DuckDb.ts"
import { dayFiles } from "./ArchiveFolder.ts"
import type { ArchiveFolder, DayFile } from "./ArchiveFolder.ts"
import { columnTypes, fileColumnTypes } from "./columnTypes.ts"
import type { ColumnTypes } from "./columnTypes.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import type { Cell } from "./CsvTable.ts"
import { encodingTable } from "./encodingTable.ts"
import { exportTables } from "./exportTables.ts"
import type { CsvSource } from "./exportTables.ts"
import { fileExists } from "./fileExists.ts"
import { historyTable } from "./historyTable.ts"
import { heldDates } from "./lookAtDay.ts"
import { provenanceTable } from "./provenanceTable.ts"
import { readLedger } from "./readLedger.ts"
import { rejectedTable } from "./rejectedTable.ts"

/** Of `source`, whose folder tells where each committed file lies. */
export const archiveTables = async (source: CsvSource): Promise<ReadonlyArray<string>> => {
  const { folder, settings } = source
  const dates = await heldDates(folder, await readLedger(folder, settings))
  const statements: Array<string> = []
  for (const file of dayFiles) {
    const query = fileQuery(file, settings, await filesOf(folder, file, dates))
    statements.push(`CREATE VIEW ${viewOf[file]} AS ${query}`)
  }
  statements.push(encodingView)
  for (const table of ["archive_setting", "extraction_day", "extraction_run"] as const)
    statements.push(...(await copyOf(source, table)))
  return statements
}

/** The columns of `encoding` that lie in the files `encoding/DAY.csv`: most questions need no others. */
export const encodingFileView = "encoding_file"

const viewOf: Readonly<Record<DayFile, string>> = {
  encoding: encodingFileView,
  encoding_provenance: "encoding_provenance",
  encoding_history: "encoding_history",
  rejected: "rejected_record",
}

const encodingView = `CREATE VIEW encoding AS
SELECT found.*, origin.raw, origin.first_seen_at, origin.changed_at, origin.run_id
FROM ${encodingFileView} AS found
LEFT JOIN encoding_provenance AS origin USING (work_date, category_id, file_path, output_type, occurrence)`

const filesOf = async (
  folder: ArchiveFolder,
  file: DayFile,
  dates: ReadonlyArray<string>,
): Promise<ReadonlyArray<string>> => {
  const paths = dates.map((workDate) => folder.dayFile(file, workDate))
  const there = await Promise.all(paths.map(fileExists))
  return paths.filter((_, at) => there[at])
}

const fileTables = {
  encoding: encodingTable(""),
  encoding_provenance: provenanceTable(""),
  encoding_history: historyTable(""),
  rejected: rejectedTable(""),
} satisfies Readonly<Record<DayFile, unknown>>

/** The longest row that is read: DuckDB's own bound is 2 MB, and what was rejected may be anything. A buffer holds two. */
const longestRow = 8_000_000

const fileQuery = (file: DayFile, { excel }: CsvDialect, paths: ReadonlyArray<string>): string => {
  const types: ColumnTypes = fileColumnTypes[file]
  const { columns, textColumns } = fileTables[file]
  if (paths.length === 0)
    return `SELECT ${columns.map((name) => `NULL::${types[name]} AS ${name}`).join(", ")} WHERE false`
  // An apostrophe is to be taken away again (CsvDialect.restore).
  const mayBeMarked = (name: string, at: number) =>
    excel && (textColumns.includes(at) || /^(BIGINT|INTEGER|DOUBLE)$/.test(types[name]!))
  const selected = columns.map((name, at) => {
    // From the file's name, so that a condition on work_date chooses files and opens no others.
    if (name === "work_date")
      return "regexp_extract(filename, '([0-9]{4}-[0-9]{2}-[0-9]{2})[^0-9]*$', 1)::DATE AS work_date"
    const text = mayBeMarked(name, at)
      ? `CASE WHEN ${name} LIKE '''%' THEN ${name}[2:] ELSE ${name} END`
      : name
    if (types[name] === "VARCHAR[]") return `${listOf(text)} AS ${name}`
    return mayBeMarked(name, at) ? `(${text})::${types[name]} AS ${name}` : `${name} AS ${name}`
  })
  const read = columns.map((name, at) => {
    const isTyped = isRead(types[name]!) && !mayBeMarked(name, at)
    return `'${name}': '${isTyped ? types[name] : "VARCHAR"}'`
  })
  return `SELECT ${selected.join(", ")} FROM read_csv([${paths.map(textLiteral).join(", ")}], columns = {${read.join(", ")}}, ${readOptions})`
}

const listOf = (text: string): string => `from_json(${text}, '["VARCHAR"]')`

/** The file says it as DuckDB reads it. */
const isRead = (type: string): boolean => type !== "VARCHAR[]" && type !== "DATE"

const readOptions = `header = true, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, filename = true, max_line_size = ${longestRow}, buffer_size = ${2 * longestRow}`

const copyOf = async (
  source: CsvSource,
  name: "archive_setting" | "extraction_day" | "extraction_run",
): Promise<ReadonlyArray<string>> => {
  const columns = Object.entries(columnTypes[name])
  const statements = [`CREATE TABLE ${name} (${columns.map((column) => column.join(" ")).join(", ")})`]
  for await (const rows of exportTables[name]!.rows(source, { from: undefined, before: undefined }))
    if (rows.length > 0) statements.push(`INSERT INTO ${name} VALUES ${rows.map(rowLiteral).join(", ")}`)
  return statements
}

const rowLiteral = (cells: ReadonlyArray<Cell>): string =>
  `(${cells.map((cell) => (cell === null ? "NULL" : textLiteral(cell))).join(", ")})`
