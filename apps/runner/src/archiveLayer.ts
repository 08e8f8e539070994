/** From what the user chose to the archive: a Postgres schema, wherever the server is, or a folder of CSV files. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { InvalidFlag } from "./InvalidFlag.ts"
import type { Settings } from "./Settings.ts"

export interface ArchiveChoice {
  readonly archive: "postgres" | "csv"
  readonly out: Option.Option<string>
  /** What the user asked for; undefined leaves it to an archive that exists. */
  readonly excel: boolean | undefined
}

/** Refuses flags that contradict each other. */
export const checkArchiveChoice = Effect.fnUntraced(function* (choice: ArchiveChoice) {
  if (choice.archive === "csv" && Option.isNone(choice.out)) {
    return yield* new InvalidFlag({
      flag: "--archive csv",
      reason: "needs --out DIR, the folder of the archive",
    })
  }
  if (choice.archive === "postgres" && Option.isSome(choice.out)) {
    return yield* new InvalidFlag({ flag: "--out", reason: "goes with --archive csv" })
  }
  if (choice.archive === "postgres" && choice.excel === true) {
    return yield* new InvalidFlag({ flag: "--excel", reason: "goes with --archive csv" })
  }
})

/**
 * What it is opened for: to be looked at, or to be filled. With an API host (without a port) an archive that is filled from
 * another one is refused.
 */
export interface ArchiveUse {
  readonly access: "read" | "write"
  readonly host?: string | undefined
}

/** Opens the archive; nothing is written before a run prepares it. */
export const archiveLayer = (choice: ArchiveChoice, settings: Settings, use: ArchiveUse) =>
  choice.archive === "csv" ? csvLayer(choice, settings, use) : postgresLayer(settings, use)

const csvLayer = (choice: ArchiveChoice, settings: Settings, use: ArchiveUse) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const CsvArchive = yield* Effect.promise(() => import("@vodstation-etl/load/csv/CsvArchive"))
      return CsvArchive.layer({
        folder: Option.getOrThrow(choice.out),
        timeZone: settings.timeZone,
        excel: choice.excel,
        ...use,
      })
    }),
  )

/** The archive in Postgres, and its database; an embedded server is shared and, by its last user, stopped. */
export const postgresLayer = (settings: Settings, use: ArchiveUse) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const { postgresArchiveLayer } = yield* Effect.promise(
        () => import("@vodstation-etl/load/postgres/PostgresArchive"),
      )
      const archive = postgresArchiveLayer({
        ...(yield* databaseOptions(settings)),
        timeZone: settings.timeZone,
        host: use.host,
      })
      if (use.access === "read") return archive
      const { refuseWithoutSchema } = yield* Effect.promise(
        () => import("@vodstation-etl/load/postgres/databaseRights"),
      )
      return Layer.effectDiscard(refuseWithoutSchema).pipe(Layer.provideMerge(archive))
    }),
  )

/** The database alone, whatever archive is in it. */
export const databaseLayer = (settings: Settings) =>
  Layer.unwrap(
    Effect.gen(function* () {
      const { PostgresDatabase } = yield* Effect.promise(
        () => import("@vodstation-etl/load/postgres/PostgresDatabase"),
      )
      return PostgresDatabase.layer(yield* databaseOptions(settings))
    }),
  )

const databaseOptions = Effect.fnUntraced(function* (settings: Settings) {
  return {
    target: yield* databaseTarget(settings),
    variables: settings.database._tag === "Embedded" ? undefined : settings.postgresVariables,
    schema: settings.schema,
  }
})

/** The database that is meant; starts the embedded server where there is no other. */
const databaseTarget = Effect.fnUntraced(function* (settings: Settings) {
  switch (settings.database._tag) {
    case "Url":
      return settings.database.url
    case "Environment":
      return "environment" as const
    case "Embedded": {
      const { useEmbeddedPostgres } = yield* Effect.promise(
        () => import("@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"),
      )
      return (yield* useEmbeddedPostgres(settings.home)).url
    }
  }
})
