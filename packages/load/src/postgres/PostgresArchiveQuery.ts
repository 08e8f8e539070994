/** Questions to an archive in Postgres: each a read-only transaction of its own. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import pg from "pg"
import { Archive } from "../Archive.ts"
import { ArchiveQuery, type QueryRow, type QueryValue } from "../ArchiveQuery.ts"
import { noArchiveYet } from "../noArchiveYet.ts"
import { archiveFailed } from "./archiveFailure.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"

const undefinedTable = "42P01"

const make = Effect.gen(function* () {
  const { place, timeZone } = yield* Archive
  const database = yield* PostgresDatabase

  const select: ArchiveQuery["Service"]["select"] = (sql, parameters = []) =>
    database
      .transaction("read", (connection) =>
        connection.withClient((client) =>
          client.query<QueryRow>({ text: sql, values: [...parameters], types: queryParsers }),
        ),
      )
      .pipe(
        Effect.map(({ rows }) => rows),
        Effect.mapError((error) =>
          error.code === undefinedTable
            ? noArchiveYet(place)
            : archiveFailed(database.place, "reading")(error),
        ),
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

/** Of the archive and the database that `postgresArchiveLayer` gives. */
export const postgresArchiveQueryLayer: Layer.Layer<ArchiveQuery, never, Archive | PostgresDatabase> =
  Layer.effect(ArchiveQuery, make)
