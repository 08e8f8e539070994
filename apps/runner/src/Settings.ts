/**
 * The settings that come from the environment, or the file `.env`, rather than from flags, read once through Effect's `Config`
 * so that tests and files can stand in for the environment.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { timeZone } from "@vodstation-etl/core/WorkDay"
import type { SettingSource } from "@vodstation-etl/extract/settingSources"
import { describeSetting, findSetting, settingSources } from "@vodstation-etl/extract/settingSources"
import { vodstationHome } from "@vodstation-etl/load/postgres/embedded/vodstationHome"
import type { PostgresVariables } from "@vodstation-etl/load/postgres/urlWithVariables"
import { postgresVariableNames } from "@vodstation-etl/load/postgres/urlWithVariables"
import { InvalidSetting } from "./InvalidFlag.ts"

/** Where Postgres is: at an URL, where libpq's `PG*` variables say, or embedded in the home folder. */
export type DatabasePlace =
  | { readonly _tag: "Url"; readonly url: Redacted.Redacted }
  | { readonly _tag: "Environment" }
  | { readonly _tag: "Embedded" }

/** What set a setting, such as `DATABASE_URL in .env`; undefined where it is the default. */
export interface SettingOrigins {
  readonly database: string | undefined
  readonly schema: string | undefined
  readonly timeZone: string | undefined
  readonly home: string | undefined
}

export interface Settings {
  readonly database: DatabasePlace
  /** PG* variables of the file `.env`, which `pg` does not look for by itself. */
  readonly postgresVariables: Redacted.Redacted<PostgresVariables>
  readonly schema: string
  /** The time zone that was asked for; undefined leaves it to the archive. */
  readonly timeZone: string | undefined
  /** The folder of the embedded server. */
  readonly home: string
  readonly origin: SettingOrigins
}

/** Any of these says that the user has a server of their own. */
const postgresPlaces = ["PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE"]

/** What the archive takes, said before anything else is looked at. */
const schemaPattern = /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/

export const readSettings = Effect.fn("readSettings")(function* () {
  const sources = yield* settingSources
  const schema = yield* findSetting(sources, ["VODSTATION_SCHEMA"])
  const zone = yield* findSetting(sources, ["VODSTATION_TIMEZONE"])
  const home = yield* findSetting(sources, ["VODSTATION_HOME"])
  const database = yield* findDatabase(sources)
  const schemaName = schema === undefined ? "vodstation" : Redacted.value(schema.value)
  const zoneName = zone && Redacted.value(zone.value)
  if (!schemaPattern.test(schemaName)) {
    return yield* new InvalidSetting({
      setting: describeSetting(schema!),
      reason: `${schemaName} cannot be a schema's name; give up to 63 lower-case letters, digits and underscores, not beginning with a digit or pg_`,
    })
  }
  if (zoneName !== undefined && Option.isNone(timeZone(zoneName))) {
    return yield* new InvalidSetting({
      setting: describeSetting(zone!),
      reason: `there is no time zone ${zoneName}; give a name like Asia/Seoul`,
    })
  }
  const settings: Settings = {
    ...database,
    schema: schemaName,
    timeZone: zoneName,
    home: vodstationHome({ ...process.env, VODSTATION_HOME: home && Redacted.value(home.value) }),
    origin: {
      database: database.origin,
      schema: schema && describeSetting(schema),
      timeZone: zone && describeSetting(zone),
      home: home && describeSetting(home),
    },
  }
  return settings
})

/** The environment's database before that of `.env`, however either names it. */
const findDatabase = Effect.fnUntraced(function* (sources: ReadonlyArray<SettingSource>) {
  const postgresVariables = Redacted.make(yield* variablesOf(sources), { label: "PG*" })
  for (const source of sources) {
    const url = yield* findSetting([source], ["DATABASE_URL"])
    if (url !== undefined) {
      const database: DatabasePlace = { _tag: "Url", url: url.value }
      return { database, postgresVariables, origin: describeSetting(url) }
    }
    const named = yield* findSetting([source], postgresPlaces)
    if (named !== undefined) {
      const database: DatabasePlace = { _tag: "Environment" }
      return { database, postgresVariables, origin: describeSetting(named) }
    }
  }
  const database: DatabasePlace = { _tag: "Embedded" }
  return { database, postgresVariables, origin: undefined }
})

const variablesOf = Effect.fnUntraced(function* (sources: ReadonlyArray<SettingSource>) {
  const variables: Record<string, string> = {}
  for (const name of postgresVariableNames) {
    const found = yield* findSetting(sources, [name])
    if (found !== undefined && found.place !== "environment") variables[name] = Redacted.value(found.value)
  }
  return variables
})
