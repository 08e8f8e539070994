/**
 * Questions to an archive in SQL, answered alike by both kinds: Postgres, and a folder of CSV files, over which an embedded
 * DuckDB has the tables and views of the Postgres schema by the same names and with the same columns (docs/archive.md). The
 * makers are `postgres/PostgresArchiveQuery.ts` and `csv/CsvArchiveQuery.ts`.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ArchiveError } from "./ArchiveError.ts"

/**
 * What a column holds in JavaScript:
 *
 * - bigint, and numeric without a fraction, as a sum of bytes: `bigint`, exactly; numeric with a fraction: `number`
 * - integer, double precision: `number`; boolean: `boolean`
 * - date: `2021-09-12`; timestamptz: `2021-09-14T06:49:12.000Z`, in ms; timestamp: the same without `Z`
 * - text, uuid, json: `string`, json as the text that it came as
 * - a list: an array of these
 */
export type QueryValue = string | number | bigint | boolean | null | ReadonlyArray<QueryValue>

/** By column, in the order of the SELECT. */
export type QueryRow = Readonly<Record<string, QueryValue>>

/** A parameter goes as text: cast it where it is used, as in `work_date >= $1::date`. */
export type QueryParameter = string | number | bigint | null

export class ArchiveQuery extends Context.Service<
  ArchiveQuery,
  {
    /** Where the archive is, for messages: no secret in it. */
    readonly place: string
    /** The work day's time zone. */
    readonly timeZone: string
    /**
     * Runs one SELECT of the program's own, with `$1`, `$2` … for `parameters`, and gives all of its rows: for answers, not
     * for tables. Nothing can be written. The session's time zone is UTC. `ArchiveUnusable` where there is no archive yet,
     * and where a CSV archive is asked without DuckDB; of a CSV archive the answer is one moment, as of Postgres.
     *
     * Both dialects have to understand it: what the archive's views use is safe. Conditions on `work_date` choose the
     * files that are read of a CSV archive, and so do the columns that are named. The word `encoding` is to stand for the table alone.
     */
    readonly select: (
      sql: string,
      parameters?: ReadonlyArray<QueryParameter>,
    ) => Effect.Effect<ReadonlyArray<QueryRow>, ArchiveError>
  }
>()("@vodstation-etl/load/ArchiveQuery") {}

/**
 * A range of work days as two parameters, for `work_date >= $1::date AND work_date < $2::date`.
 *
 * @param from first day; undefined: from the beginning
 * @param before the day after the last one; undefined: to the end
 */
export const dayParameters = (from: string | undefined, before: string | undefined): [string, string] => [
  from ?? "-infinity",
  before ?? "infinity",
]
