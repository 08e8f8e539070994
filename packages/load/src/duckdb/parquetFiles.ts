/** Writes what DuckDB can ask as Parquet: one file, or one for each month of `work_date`. */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import * as Effect from "effect/Effect"
import type { TypedColumn } from "../rowsText.ts"
import { SelectRefused } from "../SelectRefused.ts"
import { type DuckDb, textLiteral } from "./DuckDb.ts"
import type { DuckDbError } from "./DuckDbError.ts"

export interface ParquetPlace {
  readonly folder: string
  readonly byMonth: boolean
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/**
 * Rows that are held before they are written, for each of the months under way: a third of DuckDB's own choice, with which a
 * million rows took from 360 to 580 MB, instead of 300, for a file that is no smaller.
 */
const rowsOfGroup = 40_960

/**
 * @param columns of the query, each with the type that it is to have
 * @returns the count of rows
 */
export const writeParquet = (
  duckDb: DuckDb,
  { folder, byMonth }: ParquetPlace,
  columns: ReadonlyArray<TypedColumn>,
  query: string,
): Effect.Effect<number, DuckDbError | SelectRefused> =>
  Effect.gen(function* () {
    if (byMonth && !columns.some(({ name, type }) => name === "work_date" && type === "DATE"))
      return yield* new SelectRefused({ reason: "a file a month needs a column work_date of dates" })
    const cells = columns.map(({ name, type }) => `${quoted(name)}::${type} AS ${quoted(name)}`).join(", ")
    const options = `FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowsOfGroup}`
    const single = (file: string, of: string) =>
      duckDb.copy(`COPY (SELECT ${cells} FROM (${of}) AS asked) TO ${textLiteral(file)} (${options})`)
    if (!byMonth) return yield* single(path.join(folder, "data.parquet"), query)
    const rows = yield* duckDb.copy(
      `COPY (SELECT ${cells}, strftime(work_date, '%Y-%m') AS month FROM (${query}) AS asked) TO ${textLiteral(folder)} (${options}, PARTITION_BY (month), FILENAME_PATTERN 'data_{i}', OVERWRITE_OR_IGNORE)`,
    )
    // A reader of the folder is to find the columns even where there are no rows.
    if (rows === 0) {
      const empty = path.join(folder, "month=__HIVE_DEFAULT_PARTITION__")
      yield* Effect.promise(() => fs.mkdir(empty))
      yield* single(path.join(empty, "data_0.parquet"), query)
    }
    return rows
  })

/** A column that a CSV file is read with. */
export interface ReadColumn extends TypedColumn {
  /** Its numbers are exact, and nobody has said how many digits they have. */
  readonly undeclared: boolean
}

/**
 * A query over a CSV file without a header, and with a second cell in each line where it would have one, since a line without
 * any text is passed over. Its lists are JSON; and the types of its columns. A numeric that nobody has
 * declared is a whole number of 38 digits, such as a sum of bytes, unless a fraction or a longer one is found in the file:
 * then it is a double.
 */
export const csvQuery = (
  duckDb: DuckDb,
  file: string,
  columns: ReadonlyArray<ReadColumn>,
): Effect.Effect<{ readonly query: string; readonly columns: ReadonlyArray<TypedColumn> }, DuckDbError> =>
  Effect.gen(function* () {
    const read = columns.map(
      ({ name, type, undeclared }) =>
        `${textLiteral(name)}: '${undeclared || type.endsWith("[]") ? "VARCHAR" : type}'`,
    )
    if (columns.length === 1) read.push(`${textLiteral(`${columns[0]!.name}, and no more`)}: 'VARCHAR'`)
    const source = `read_csv(${textLiteral(file)}, columns = {${read.join(", ")}}, header = false, auto_detect = false, delim = ',', quote = '"', escape = '"', nullstr = '', allow_quoted_nulls = false, new_line = '\\n', max_line_size = ${longestRow}, buffer_size = ${2 * longestRow})`
    const open = columns.filter(({ undeclared }) => undeclared).map(({ name }) => quoted(name))
    const whole = new Set(open.length === 0 ? [] : yield* wholeOnes(duckDb, open, source))
    const typed = columns.map(({ name, type, undeclared }) => ({
      name,
      type: undeclared ? (whole.has(quoted(name)) ? "DECIMAL(38,0)" : "DOUBLE") : type,
    }))
    const cells = typed.map(({ name, type }) =>
      type.endsWith("[]")
        ? `from_json(${quoted(name)}, '["${type.slice(0, -2)}"]') AS ${quoted(name)}`
        : quoted(name),
    )
    return { query: `SELECT ${cells.join(", ")} FROM ${source}`, columns: typed }
  })

const wholeOnes = (duckDb: DuckDb, names: ReadonlyArray<string>, source: string) =>
  duckDb.read(
    `SELECT ${names.map((name) => `coalesce(bool_and(regexp_full_match(${name}, '-?[0-9]{1,38}')), true)`).join(", ")} FROM ${source}`,
    [],
    async (result) => {
      const [row] = await result.getRows()
      return names.filter((_, at) => row![at] === true)
    },
  )

const longestRow = 8_000_000
