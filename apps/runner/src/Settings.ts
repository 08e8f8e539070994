/**
 * The settings that come from the environment rather than from flags, read once through Effect's `Config` so that tests
 * and files can stand in for the environment.
 */
import * as Config from "effect/Config"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type * as Redacted from "effect/Redacted"
import { timeZone } from "@vodstation-etl/core/WorkDay"
import { vodstationHome } from "@vodstation-etl/load/postgres/embedded/vodstationHome"
import { InvalidSetting } from "./InvalidFlag.ts"

/** Where Postgres is: at an URL, where libpq's `PG*` variables say, or embedded in the home folder. */
export type DatabasePlace =
  | { readonly _tag: "Url"; readonly url: Redacted.Redacted }
  | { readonly _tag: "Environment" }
  | { readonly _tag: "Embedded" }

export interface Settings {
  readonly database: DatabasePlace
  readonly schema: string
  /** The time zone that was asked for; undefined leaves it to the archive. */
  readonly timeZone: string | undefined
  /** The folder of the embedded server. */
  readonly home: string
}

const text = (name: string) =>
  Config.option(Config.String(name)).pipe(
    Config.map((value) => Option.getOrUndefined(Option.filter(value, (found) => found.trim() !== ""))),
  )

/** Any of these says that the user has a server of their own. */
const postgresVariables = ["PGHOST", "PGPORT", "PGDATABASE", "PGUSER", "PGSERVICE"]

/** What the archive takes, said before anything else is looked at. */
const schemaPattern = /^(?!pg_)[a-z_][a-z0-9_]{0,62}$/

export const readSettings = Effect.fn("readSettings")(function* () {
  const url = yield* Config.option(Config.Redacted("DATABASE_URL"))
  const postgres = yield* Config.all(postgresVariables.map(text))
  const schema = (yield* text("VODSTATION_SCHEMA")) ?? "vodstation"
  const zone = yield* text("VODSTATION_TIMEZONE")
  if (!schemaPattern.test(schema)) {
    return yield* new InvalidSetting({
      setting: "VODSTATION_SCHEMA",
      reason: `${schema} cannot be a schema's name; give up to 63 lower-case letters, digits and underscores, not beginning with a digit or pg_`,
    })
  }
  if (zone !== undefined && Option.isNone(timeZone(zone))) {
    return yield* new InvalidSetting({
      setting: "VODSTATION_TIMEZONE",
      reason: `there is no time zone ${zone}; give a name like Asia/Seoul`,
    })
  }
  const settings: Settings = {
    database: Option.match(url, {
      onSome: (url) => ({ _tag: "Url", url }) as const,
      onNone: () =>
        postgres.some((value) => value !== undefined)
          ? ({ _tag: "Environment" } as const)
          : ({ _tag: "Embedded" } as const),
    }),
    schema,
    timeZone: zone,
    home: vodstationHome(process.env),
  }
  return settings
})
