/**
 * Tables and views of an archive, or the answer to a SELECT, as files: the same cells whichever archive they come from, and
 * the rows of a table or view in the order of their key, so that the same archive gives the same bytes. CSV is RFC 4180, with
 * times as `2021-09-14T06:49:12.000Z`, lists as JSON, NULL an empty field and the empty string `""`; NDJSON has the same
 * texts, with numbers and lists as such. The makers are `postgres/PostgresTableExport.ts` and `csv/CsvTableExport.ts`.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ArchiveError } from "./ArchiveError.ts"
import type { SelectRefused } from "./SelectRefused.ts"

export interface ExportableTable {
  readonly name: string
  /** It has a `work_date` of days, so that a range of days can be asked of it. */
  readonly dated: boolean
}

/** A range of work days; undefined: from the beginning, to the end. */
export interface DayRange {
  readonly from: string | undefined
  /** The day after the last one. */
  readonly before: string | undefined
}

/** One of `tables`, of which only one that is `dated` has a range; or a SELECT, which is stopped after `seconds`. */
export type Asked =
  | ({ readonly table: string; readonly rows?: RowCondition } & DayRange)
  | { readonly select: string; readonly seconds: number }

/** Which rows of a table: a condition of the program's own, with `$1`, `$2` … for `parameters`, cast as in `$1::bigint`. */
export interface RowCondition {
  readonly sql: string
  readonly parameters: ReadonlyArray<string>
  /** After which the export is stopped. */
  readonly seconds: number
}

export interface TextFormat {
  readonly format: "csv" | "ndjson"
  /** Only of CSV: byte order mark, CRLF, formulas defused (csv/CsvDialect.ts). */
  readonly excel: boolean
}

/** Takes the next piece of the file, in UTF-8; the next one comes when it is done. */
export type TakeChunk<E, R> = (chunk: Uint8Array) => Effect.Effect<void, E, R>

/** Where Parquet is made before it is put into its place. */
export interface ParquetDraft<E> {
  /** An empty folder, which gets `data.parquet`, or with `byMonth` a folder `month=2021-09` for each month of `work_date`. */
  readonly folder: string
  readonly byMonth: boolean
  /** Writes a file, piece by piece: the rows on their way lie in that folder too. */
  readonly writing: <A, E1, R>(
    file: string,
    write: (take: TakeChunk<E, never>) => Effect.Effect<A, E1, R>,
  ) => Effect.Effect<A, E | E1, R>
  /** All rows have come, if any come by `writing`, and Parquet is made: how much of it, 0 to 100, as far as that is known. */
  readonly making: (percent: () => number | undefined) => void
  /** Takes such a file away. */
  readonly remove: (file: string) => Effect.Effect<void>
}

export class TableExport extends Context.Service<
  TableExport,
  {
    /** Where the archive is, for messages: no secret in it. */
    readonly place: string
    /** The work day's time zone. */
    readonly timeZone: string
    /** What there is, by name; nothing in an archive that does not exist yet. */
    readonly tables: Effect.Effect<ReadonlyArray<ExportableTable>, ArchiveError>
    /** Whether the archive's own files are for Excel; Postgres has none. */
    readonly excel: Effect.Effect<boolean, ArchiveError>
    /** Names that only the other kind of archive has. */
    readonly elsewhere: ReadonlyArray<string>
    /** How many rows there will be, about; undefined where nobody knows without counting. */
    readonly expectedRows: (asked: Asked) => Effect.Effect<number | undefined, ArchiveError>
    /** Gives the whole file, a header first in CSV, piece by piece; succeeds with the count of rows. */
    readonly text: <E, R>(
      asked: Asked,
      format: TextFormat,
      take: TakeChunk<E, R>,
    ) => Effect.Effect<number, ArchiveError | SelectRefused | E, R>
    /**
     * Makes Parquet: zstd, bigint as int64, timestamptz as UTC micros, numeric as decimal, text[] as a list of texts.
     * Succeeds with the count of rows. `ArchiveUnusable` without DuckDB.
     */
    readonly parquet: <E>(
      asked: Asked,
      draft: ParquetDraft<E>,
    ) => Effect.Effect<number, ArchiveError | SelectRefused | E>
  }
>()("@vodstation-etl/load/TableExport") {}
