/**
 * Exports of what only DuckDB can tell of a CSV archive: its views, a user's SELECT, and rows that fulfil a condition. Each is one moment of the archive: a
 * commit meanwhile makes it fail, since what was given cannot be taken back.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { type ArchiveError, ArchiveFailed } from "../ArchiveError.ts"
import { cellText } from "../duckdb/cellText.ts"
import type { DuckDb } from "../duckdb/DuckDb.ts"
import { textLiteral } from "../duckdb/DuckDb.ts"
import type { DuckDbError } from "../duckdb/DuckDbError.ts"
import { writeParquet } from "../duckdb/parquetFiles.ts"
import { exportOrder } from "../exportOrder.ts"
import { inTime } from "../inTime.ts"
import { headerText, rowsText, type TypedColumn } from "../rowsText.ts"
import { refusedByColumns, type SelectRefused } from "../SelectRefused.ts"
import type { Asked, ParquetDraft, TakeChunk, TextFormat } from "../TableExport.ts"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { ArchiveSettings } from "./ArchiveSettings.ts"
import { lookIntoSelect, withinTime } from "./askedDuckDb.ts"
import { askUnchanged, openArchiveDuckDb } from "./openArchiveDuckDb.ts"

export interface ViewSource {
  readonly folder: ArchiveFolder
  readonly settings: ArchiveSettings
  readonly place: string
}

/** As `TableExport.text`. */
export const viewText = <E, R>(source: ViewSource, asked: Asked, format: TextFormat, take: TakeChunk<E, R>) =>
  asking(source, asked, [], (duckDb, { query, columns, parameters = [] }) =>
    Effect.gen(function* () {
      const header = headerText(columns, format)
      if (header !== "") yield* take(Buffer.from(header))
      const rows = yield* duckDb.stream(query, parameters)
      let count = 0
      while (true) {
        const next = yield* rows.next
        if (next === undefined) return count
        count += next.length
        const cells = next.map((row) => row.map((value, at) => cellText(value, rows.types[at]!)))
        yield* take(Buffer.from(rowsText(columns, format, cells)))
      }
    }),
  )

/** As `TableExport.parquet`. */
export const viewParquet = <E>(source: ViewSource, asked: Asked, draft: ParquetDraft<E>) =>
  asking(source, asked, [draft.folder], (duckDb, { query, columns }) => {
    // DuckDB's guess at how far a view is stands still where it sorts or joins.
    draft.making(() => undefined)
    return writeParquet(duckDb, draft, columns, query)
  })

interface Question {
  readonly query: string
  readonly columns: ReadonlyArray<TypedColumn>
  readonly parameters?: ReadonlyArray<string>
}

const asking = <A, E, R>(
  source: ViewSource,
  asked: Asked,
  folders: ReadonlyArray<string>,
  use: (duckDb: DuckDb, question: Question) => Effect.Effect<A, E, R>,
): Effect.Effect<A, ArchiveError | SelectRefused | Exclude<E, DuckDbError>, Exclude<R, Scope.Scope>> =>
  askUnchanged(
    source,
    () =>
      Effect.gen(function* () {
        const duckDb = yield* openArchiveDuckDb({ ...source, folders, threads: 1 })
        if ("select" in asked)
          return yield* withinTime(
            asked,
            Effect.gen(function* () {
              yield* lookIntoSelect(duckDb, asked.select)
              return yield* use(duckDb, yield* selectOf(duckDb, asked.select))
            }),
          )
        const writing = use(duckDb, yield* viewOf(duckDb, asked))
        if (asked.rows === undefined) return yield* writing
        const { seconds } = asked.rows
        return yield* inTime({ place: source.place, doing: "exporting", seconds }, writing)
      }).pipe(Effect.scoped),
    ({ reason }) => new ArchiveFailed({ archive: source.place, doing: "exporting", reason }),
    1,
  )

const selectOf = Effect.fnUntraced(function* (duckDb: DuckDb, select: string) {
  // As a text, so that nothing in it can end the statement that it becomes a part of.
  const query = `SELECT * FROM query(${textLiteral(select)})`
  const columns = yield* duckDb.columns(select)
  const refused = refusedByColumns(columns.map(({ name }) => name))
  if (refused !== undefined) return yield* refused
  return { query, columns: columns.map(exact) }
})

const viewOf = Effect.fnUntraced(function* (
  duckDb: DuckDb,
  { table, from, before, rows }: Extract<Asked, { readonly table: string }>,
) {
  const columns = yield* duckDb.columns(`SELECT * FROM ${table}`)
  const conditions = [
    ...(from === undefined ? [] : [`work_date >= ${textLiteral(from)}`]),
    ...(before === undefined ? [] : [`work_date < ${textLiteral(before)}`]),
    ...(rows === undefined ? [] : [rows.sql]),
  ]
  const where = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`
  const order = exportOrder(columns.map(({ name }) => name)).join(", ")
  return {
    query: `SELECT * FROM ${table}${where} ORDER BY ${order}`,
    columns: columns.map(exact),
    parameters: rows?.parameters ?? [],
  }
})

/** A sum of bigint, which Parquet would get as a double, is a decimal; and JSON is text. */
const exact = ({ name, type }: TypedColumn): TypedColumn => ({
  name,
  type: /^(U?HUGEINT|BIGNUM)$/.test(type) ? "DECIMAL(38,0)" : type === "JSON" ? "VARCHAR" : type,
})
