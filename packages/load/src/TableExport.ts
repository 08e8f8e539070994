/**
 * Tables and views of an archive as CSV, for BI tools: the same cells whichever archive they come from (RFC 4180, times
 * `2021-09-14T06:49:12.000Z`, lists as JSON, NULL an empty field, the empty string `""`), in the order of their key, so
 * that the same archive gives the same bytes. The makers are `postgres/PostgresTableExport.ts` and
 * `csv/CsvTableExport.ts`.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type { ArchiveError } from "./ArchiveError.ts"

export interface ExportableTable {
  readonly name: string
  /** It has a `work_date` of days, so that a range of days can be asked of it. */
  readonly dated: boolean
}

export interface ExportRequest {
  /** One of `tables`. */
  readonly table: string
  /** First work day; undefined: from the beginning. Only of a table that is `dated`. */
  readonly from: string | undefined
  /** The day after the last one; undefined: to the end. */
  readonly before: string | undefined
  /** Byte order mark, CRLF, formulas defused (csv/CsvDialect.ts). */
  readonly excel: boolean
}

/** Takes the next piece of the file, in UTF-8; the next one comes when it is done. */
export type TakeChunk<E, R> = (chunk: Uint8Array) => Effect.Effect<void, E, R>

export class TableExport extends Context.Service<
  TableExport,
  {
    /** Where the archive is, for messages: no secret in it. */
    readonly place: string
    /** The work day's time zone. */
    readonly timeZone: string
    /** What there is, by name; nothing in an archive that does not exist yet. */
    readonly tables: Effect.Effect<ReadonlyArray<ExportableTable>, ArchiveError>
    /** Names that only the other kind of archive has. */
    readonly elsewhere: ReadonlyArray<string>
    /** Gives the whole file, header first, piece by piece, as one moment of the archive; succeeds with the count of rows. */
    readonly csv: <E, R>(
      request: ExportRequest,
      take: TakeChunk<E, R>,
    ) => Effect.Effect<number, ArchiveError | E, R>
  }
>()("@vodstation-etl/load/TableExport") {}
