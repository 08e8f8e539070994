/** The archive in Postgres: the server, what the role may do, and the archive itself. Reads only. */
import { existsSync } from "node:fs"
import * as path from "node:path"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { Archive } from "@vodstation-etl/load/Archive"
import { findBinaries } from "@vodstation-etl/load/postgres/embedded/findBinaries"
import { serverAccount } from "@vodstation-etl/load/postgres/embedded/ServerAccount"
import type { DatabaseRights } from "@vodstation-etl/load/postgres/databaseRights"
import { lackingRight, selectDatabaseRights } from "@vodstation-etl/load/postgres/databaseRights"
import { makePostgresArchive } from "@vodstation-etl/load/postgres/PostgresArchive"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"
import { databaseLayer } from "../archiveLayer.ts"
import type { Settings } from "../Settings.ts"
import { sizeInWords } from "../sizeInWords.ts"
import { withTilde } from "../withTilde.ts"
import type { ArchiveFindings } from "./archiveFindings.ts"
import { archiveCheck, noFacts } from "./archiveFindings.ts"
import type { Check, Fault } from "./Check.ts"
import { failed, ok, warning, within } from "./Check.ts"
import { folderCheck } from "./folderCheck.ts"
import { freeSpaceCheck } from "./freeSpaceCheck.ts"

/** A server of one's own answers at once, or not at all; the embedded one may have to recover first. */
const patience = { own: 15, embedded: 120 }

export const postgresChecks = Effect.fn("postgresChecks")(function* (
  settings: Settings,
  host: string | undefined,
): Effect.fn.Return<ArchiveFindings> {
  const isEmbedded = settings.database._tag === "Embedded"
  const disk = isEmbedded ? [yield* freeSpaceCheck("disk", settings.home, "the embedded server")] : []
  if (isEmbedded && !existsSync(path.join(settings.home, "postgres", "data", "PG_VERSION"))) {
    return { checks: [yield* serverToBeMade(settings.home), ...disk], facts: noFacts }
  }
  const seconds = isEmbedded ? patience.embedded : patience.own
  const found = yield* within(
    lookInside(settings, host).pipe(Effect.provide(databaseLayer(settings)), Effect.scoped),
    {
      seconds,
      what: "The database",
      cure: "Check DATABASE_URL (or the PG* variables), the server, and what lies between here and it.",
    },
  )
  if (Result.isFailure(found)) {
    return { checks: [failed("database", found.failure), ...disk], facts: noFacts }
  }
  return { ...found.success, checks: [...found.success.checks, ...disk] }
})

const lookInside = Effect.fnUntraced(function* (
  settings: Settings,
  host: string | undefined,
): Effect.fn.Return<ArchiveFindings, Fault, PostgresDatabase> {
  const database = yield* PostgresDatabase
  const rights = yield* selectDatabaseRights
  const lacking = lackingRight(rights, database)
  const checks: ReadonlyArray<Check> = [
    versionCheck(rights, database.place),
    lacking === undefined
      ? ok("rights", `role ${rights.role} has all that loading takes`)
      : failed("rights", lacking),
  ]
  const archive = yield* Effect.result(makePostgresArchive(settings.timeZone, host))
  if (Result.isFailure(archive)) {
    return { checks: [...checks, failed("archive", archive.failure)], facts: noFacts }
  }
  return {
    checks: [
      ...checks,
      yield* archiveCheck(`schema ${database.schema}`).pipe(Effect.provideService(Archive, archive.success)),
      ...(settings.database._tag === "Embedded"
        ? []
        : [
            ok(
              "size",
              `${sizeInWords(rights.bytes)} in all; how much is free only the server's own disk tells`,
            ),
          ]),
    ],
    facts: yield* archive.success.facts,
  }
})

/** The oldest one that is tested with. */
const oldest = 14

const versionCheck = ({ version, major }: DatabaseRights, place: string): Check => {
  const found = `PostgreSQL ${version.split(" ")[0]} at ${place}, UTF8`
  return major >= oldest
    ? ok("database", found)
    : warning("database", `${found}. Versions before ${oldest} are not tested; upgrade it.`)
}

/** Looks whether the first run can make the embedded server, and makes nothing of it. */
const serverToBeMade = Effect.fnUntraced(function* (home: string) {
  const data = path.join(home, "postgres", "data")
  const able = yield* Effect.result(
    Effect.andThen(Effect.andThen(findBinaries(), serverAccount(data)), folderCheck(home)),
  )
  return Result.isFailure(able)
    ? failed("database", able.failure)
    : ok("database", `the first run makes an embedded PostgreSQL in ${withTilde(home)}`)
})
