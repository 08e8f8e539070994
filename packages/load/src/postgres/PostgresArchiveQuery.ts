/** Questions to an archive in Postgres: each a transaction of its own that can only read. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import pg from "pg"
import { Archive } from "../Archive.ts"
import { ArchiveFailed } from "../ArchiveError.ts"
import { ArchiveQuery, type QueryRow, type QueryValue } from "../ArchiveQuery.ts"
import { noArchiveYet } from "../noArchiveYet.ts"
import { tooSlow } from "../SelectRefused.ts"
import { archiveFailed } from "./archiveFailure.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import type { PostgresError } from "./PostgresError.ts"
import { readOnly, wasStopped } from "./readOnly.ts"

const undefinedTable = "42P01"

const make = (seconds: number | undefined) =>
  Effect.gen(function* () {
    const { place, timeZone } = yield* Archive
    const database = yield* PostgresDatabase

    const failure = (error: PostgresError) => {
      if (error.code === undefinedTable) return noArchiveYet(place)
      if (seconds !== undefined && wasStopped(error))
        return new ArchiveFailed({ archive: place, doing: "reading", reason: tooSlow(seconds) })
      return archiveFailed(database.place, "reading")(error)
    }

    const select: ArchiveQuery["Service"]["select"] = (sql, parameters = []) =>
      readOnly(database, seconds, (connection) =>
        connection.withClient((client) =>
          client.query<QueryRow>({ text: sql, values: [...parameters], types: queryParsers }),
        ),
      ).pipe(
        Effect.map(({ rows }) => rows),
        Effect.mapError(failure),
        Effect.withSpan("PostgresArchiveQuery.select"),
      )

    return ArchiveQuery.of({ place, timeZone, select })
  })

/** The session's time zone is UTC: `2021-09-14 06:49:12.123456+00`. What is infinite stays as it is. */
const momentText = (zone: "Z" | "") => (text: string) => {
  const [day, time] = text.replace(/\+00$/, "").split(" ")
  if (time === undefined) return text
  const [seconds, fraction = ""] = time.split(".")
  return `${day}T${seconds}.${fraction.slice(0, 3).padEnd(3, "0")}${zone}`
}

const verbatim = (text: string) => text
const exactly = (text: string) => (/^-?\d+$/.test(text) ? BigInt(text) : Number(text))

const { builtins } = pg.types
const parsers = new Map<number, (text: string) => QueryValue>([
  [builtins.INT8, BigInt],
  [builtins.NUMERIC, exactly],
  [builtins.TIMESTAMPTZ, momentText("Z")],
  [builtins.TIMESTAMP, momentText("")],
  ...[builtins.DATE, builtins.JSON, builtins.JSONB, builtins.INTERVAL, builtins.BYTEA].map(
    (oid) => [oid, verbatim] as const,
  ),
])

/** Reads as `ArchiveQuery` says. */
const queryParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    (format === "binary" ? undefined : parsers.get(oid)) ?? pg.types.getTypeParser(oid, format),
}

/**
 * Of the archive and the database that `postgresArchiveLayer` gives.
 *
 * @param seconds after which a question is stopped; undefined: never
 */
export const postgresArchiveQueryLayer = (
  seconds?: number,
): Layer.Layer<ArchiveQuery, never, Archive | PostgresDatabase> => Layer.effect(ArchiveQuery, make(seconds))
