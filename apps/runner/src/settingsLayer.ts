/**
 * Where settings come from: the environment, then a file `.env` in the current folder. The file is never written into the
 * environment of the process, which every program that it starts would inherit, secrets and all.
 */
import * as ConfigProvider from "effect/ConfigProvider"
import * as Effect from "effect/Effect"
import * as FileSystem from "effect/FileSystem"
import * as Layer from "effect/Layer"
import type { SettingSource } from "@vodstation-etl/extract/settingSources"
import { SettingSources } from "@vodstation-etl/extract/settingSources"
import { InvalidSetting } from "./InvalidFlag.ts"

const file = ".env"

const findSources = Effect.gen(function* () {
  const fileSystem = yield* FileSystem.FileSystem
  const environment: SettingSource = { place: "environment", provider: yield* ConfigProvider.ConfigProvider }
  const text = yield* fileSystem.readFileString(file).pipe(
    Effect.catchReason("PlatformError", "NotFound", () => Effect.undefined),
    // A folder that this user may not even look into, as after sudo, holds no settings of theirs.
    Effect.catchReason("PlatformError", "PermissionDenied", (_, error) =>
      Effect.matchEffect(fileSystem.stat(file), {
        onFailure: () => Effect.undefined,
        onSuccess: () => Effect.fail(error),
      }),
    ),
    Effect.mapError(
      (error) =>
        new InvalidSetting({
          setting: file,
          reason: `the file in the current folder cannot be read (${error.reason._tag}); make it a readable file, or move it away`,
        }),
    ),
  )
  if (text === undefined) return [environment]
  const cut = cutValue(text)
  if (cut !== undefined) {
    return yield* new InvalidSetting({
      setting: file,
      reason: `the # in the value of ${cut.name} (line ${cut.line}) would begin a comment there; put the value in quotes`,
    })
  }
  return [
    environment,
    { place: file, provider: ConfigProvider.fromDotEnvContents(text) } satisfies SettingSource,
  ]
})

export const settingsLayer = Layer.unwrap(
  Effect.map(findSources, (sources) =>
    Layer.merge(
      Layer.succeed(SettingSources)(sources),
      ConfigProvider.layer(
        sources.map(({ provider }) => provider).reduce((first, then) => ConfigProvider.orElse(first, then)),
      ),
    ),
  ),
)

/** The file may be some other program's as well, whose settings are none of our business. */
const ours = /^(NCLOUD_\w+|VODSTATION_\w+|DATABASE_URL|PG[A-Z]+|(HTTPS|NO)_PROXY|OTEL_\w+)$/i

/** The first value that reading would silently cut at a `#`: half a password would be refused by somebody far away. */
const cutValue = (text: string): { readonly name: string; readonly line: number } | undefined => {
  for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
    const [, name, value] = /^\s*(?:export\s+)?([\w.-]+)\s*=(?!\s*['"`])(.*)$/.exec(line) ?? []
    if (name !== undefined && ours.test(name) && /^[^#]*[^#\s]#|^#/.test(value!))
      return { name, line: index + 1 }
  }
  return undefined
}
