/**
 * Looks whether there is an archive in the database and whether this program may use it. Writes nothing, so that `status`
 * works with a role that can only read, and so that what is refused is untouched.
 */
import { timeZone } from "@vodstation-etl/core/WorkDay"
import * as DateTime from "effect/DateTime"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { ArchiveUnusable } from "../ArchiveError.ts"
import { migrationNames } from "./migrationNames.ts"
import type { PostgresConnection } from "./PostgresConnection.ts"
import type { PostgresError } from "./PostgresError.ts"
import { sqlStatement } from "./sqlStatement.ts"

export interface InspectedArchive {
  readonly schemaExists: boolean
  /** Migrations that are still to be applied; of an archive that does not exist yet, all. */
  readonly pending: ReadonlyArray<string>
  /** The archive's tables are there, if perhaps of an older form. */
  readonly exists: boolean
  /** The archive's own; of a new one what the user set, `Asia/Seoul` by default. */
  readonly timeZone: string
}

/** What the user set, and the API host that the archive is to be filled from, where that is known yet. */
export interface WantedArchive {
  readonly timeZone: string | undefined
  readonly host?: string | undefined
}

const defaultTimeZone = "Asia/Seoul"

const Found = Schema.Struct({
  schemaExists: Schema.Boolean,
  hasMigrations: Schema.Boolean,
  hasSettings: Schema.Boolean,
})
const Name = Schema.Struct({ name: Schema.String })
const Setting = Schema.Struct({ name: Schema.String, value: Schema.String })

export const inspectArchive = Effect.fn("inspectArchive")(function* (
  connection: PostgresConnection,
  archive: Named,
  wanted: WantedArchive,
): Effect.fn.Return<InspectedArchive, ArchiveUnusable | PostgresError> {
  const wantedZone = wanted.timeZone === undefined ? undefined : yield* knownZone(wanted.timeZone)
  const [found] = yield* connection.rows(Found, sqlStatement("inspectSchema"), [archive.schema])
  const { schemaExists, hasMigrations, hasSettings } = found!

  const known = migrationNames()
  const applied = hasMigrations
    ? (yield* connection.rows(Name, sqlStatement("selectMigrations"))).map(({ name }) => name)
    : []
  const foreign = applied.find((name) => !known.includes(name))
  if (foreign !== undefined) {
    return yield* new ArchiveUnusable({
      archive: archive.place,
      reason: `the archive in schema ${archive.schema} was made by a newer vodstation-etl (it has ${foreign})`,
      cure: "Upgrade vodstation-etl, or choose another schema with VODSTATION_SCHEMA.",
    })
  }
  const settings = new Map(
    hasSettings
      ? (yield* connection.rows(Setting, sqlStatement("selectSettings"))).map(({ name, value }) => [
          name,
          value,
        ])
      : [],
  )
  const own = settings.get("time_zone")
  if (own !== undefined && wantedZone !== undefined && own !== wantedZone)
    return yield* otherZone(archive, own, wantedZone)
  const host = settings.get("host")
  if (host !== undefined && wanted.host !== undefined && host !== wanted.host)
    return yield* otherHost(archive, host, wanted.host)
  return {
    schemaExists,
    exists: hasSettings,
    pending: known.filter((name) => !applied.includes(name)),
    timeZone: own ?? wantedZone ?? defaultTimeZone,
  }
})

interface Named {
  readonly place: string
  readonly schema: string
}

const anotherArchive = "choose another schema with VODSTATION_SCHEMA for another archive."

export const otherZone = ({ place, schema }: Named, own: string, wanted: string): ArchiveUnusable =>
  new ArchiveUnusable({
    archive: place,
    reason: `the archive in schema ${schema} was made with time zone ${own}, not ${wanted}`,
    cure: `Unset VODSTATION_TIMEZONE, or ${anotherArchive}`,
  })

export const otherHost = ({ place, schema }: Named, own: string, wanted: string): ArchiveUnusable =>
  new ArchiveUnusable({
    archive: place,
    reason: `the archive in schema ${schema} is filled from ${own}, not ${wanted}`,
    cure: `Correct VODSTATION_BASE_URL or --site, or ${anotherArchive}`,
  })

/** The zone's one name: `asia/seoul` is `Asia/Seoul`. */
const knownZone = (name: string): Effect.Effect<string, ArchiveUnusable> =>
  Option.match(timeZone(name), {
    onSome: (zone) => Effect.succeed(DateTime.zoneToString(zone)),
    onNone: () =>
      Effect.fail(
        new ArchiveUnusable({
          archive: "VODSTATION_TIMEZONE",
          reason: `there is no time zone ${JSON.stringify(name)}`,
          cure: "Give a name like Asia/Seoul or an offset like +09:00.",
        }),
      ),
  })
