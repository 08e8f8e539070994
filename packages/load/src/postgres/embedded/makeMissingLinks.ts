/**
 * The shared libraries of the platform packages are found by links that npm packages cannot hold; an install script makes
 * them. Where install scripts are off, which is common and sensible, we do.
 */
import * as fs from "node:fs"
import * as path from "node:path"

import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts"
import { errorCode } from "../../errorCode.ts"

const Links = Schema.fromJsonString(
  Schema.Array(Schema.Struct({ source: Schema.String, target: Schema.String })),
)

const makeLink = (packageFolder: string, source: string, target: string): void => {
  const link = path.join(packageFolder, target)
  if (fs.existsSync(link)) return
  try {
    fs.symlinkSync(path.relative(path.dirname(target), source), link)
  } catch (cause) {
    // Another program may have made it in the meantime.
    if (errorCode(cause) !== "EEXIST") throw cause
  }
}

/** Makes the links that `native/pg-symlinks.json` of the package at `packageFolder` lists and that are missing. */
export const makeMissingLinks = Effect.fnUntraced(
  function* (packageFolder: string) {
    const list = path.join(packageFolder, "native", "pg-symlinks.json")
    if (!fs.existsSync(list)) return
    const text = yield* Effect.try(() => fs.readFileSync(list, "utf8"))
    const links = yield* Schema.decodeEffect(Links)(text)
    yield* Effect.try(() => links.forEach(({ source, target }) => makeLink(packageFolder, source, target)))
  },
  (effect, packageFolder): Effect.Effect<void, EmbeddedPostgresError> =>
    Effect.mapError(
      effect,
      (cause) =>
        new EmbeddedPostgresError({
          reason: "BinariesMissing",
          message: `The package at ${packageFolder} was installed without its install script, and the links to its shared libraries cannot be made now. Install it again with scripts allowed, or as a user who may write there, or set DATABASE_URL.`,
          cause,
        }),
    ),
)
