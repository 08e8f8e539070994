/**
 * Where settings are looked for, in order: the environment, then the file `.env`. What belongs together is taken from one place
 * (a key pair, the ways to name a database), so that a half of one account never meets a half of another.
 */
import * as Config from "effect/Config"
import * as ConfigProvider from "effect/ConfigProvider"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"

export interface SettingSource {
  readonly place: "environment" | ".env"
  readonly provider: ConfigProvider.ConfigProvider
}

/** A setting that was found; any of them may hold a secret. */
export interface FoundSetting {
  readonly name: string
  readonly place: SettingSource["place"]
  /** Without the blanks and line ends around it; never empty. */
  readonly value: Redacted.Redacted
}

/** The sources apart, where there are several; the `ConfigProvider` is all of them in one. */
export const SettingSources = Context.Reference<ReadonlyArray<SettingSource> | undefined>(
  "@vodstation-etl/extract/SettingSources",
  { defaultValue: () => undefined },
)

export const settingSources: Effect.Effect<ReadonlyArray<SettingSource>> = Effect.gen(function* () {
  return (yield* SettingSources) ?? [{ place: "environment", provider: yield* ConfigProvider.ConfigProvider }]
})

/** The first of the names that is set in the first source that has any of them. Set to nothing is not set. */
export const findSetting = Effect.fnUntraced(function* (
  sources: ReadonlyArray<SettingSource>,
  names: ReadonlyArray<string>,
): Effect.fn.Return<FoundSetting | undefined, Config.ConfigError> {
  for (const { place, provider } of sources) {
    for (const name of names) {
      const text = Option.getOrElse(
        yield* Config.option(Config.String(name)).parse(provider),
        () => "",
      ).trim()
      if (text !== "") return { name, place, value: Redacted.make(text, { label: name }) }
    }
  }
  return undefined
})

/** For messages: `DATABASE_URL`, or `DATABASE_URL in .env`. */
export const describeSetting = ({ name, place }: Pick<FoundSetting, "name" | "place">): string =>
  place === "environment" ? name : `${name} in ${place}`
