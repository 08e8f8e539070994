/** Locks between programs that share an embedded server, as effects. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"

import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts"
import { homeUnusable } from "./homeUnusable.ts"
import { type FileLock, lockFile } from "../../lockFile.ts"

const sqliteBusy = 5
const sqliteFull = 13

const hasCode = (cause: unknown, code: number): boolean =>
  cause instanceof Error &&
  "errcode" in cause &&
  typeof cause.errcode === "number" &&
  // The higher bytes hold details.
  cause.errcode % 256 === code

/** Takes the lock if it is free, else `undefined`. Never waits. */
export const tryFileLock = (
  path: string,
  mode: "shared" | "exclusive",
): Effect.Effect<FileLock | undefined, EmbeddedPostgresError> =>
  Effect.try({
    try: () => {
      try {
        return lockFile(path, mode)
      } catch (cause) {
        if (hasCode(cause, sqliteBusy)) return undefined
        throw cause
      }
    },
    catch: (cause) =>
      homeUnusable(
        "lock",
        path,
        hasCode(cause, sqliteFull) ? Object.assign(new Error(), { code: "ENOSPC" }) : cause,
      ),
  })

/** Holds the lock at `path` exclusively until the scope closes, after waiting for it for at most `atMost` ms. */
export const exclusiveFileLock = (
  path: string,
  atMost: number,
): Effect.Effect<void, EmbeddedPostgresError, Scope.Scope> =>
  // Only the pauses can be interrupted: a lock that was taken is always registered for release.
  Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      const deadline = (yield* Clock.currentTimeMillis) + atMost
      while (true) {
        const lock = yield* tryFileLock(path, "exclusive")
        if (lock !== undefined) return yield* Effect.addFinalizer(() => Effect.sync(lock.release))
        if ((yield* Clock.currentTimeMillis) >= deadline) {
          return yield* new EmbeddedPostgresError({
            reason: "LockTimeout",
            message: `Another program has held ${path} for ${Math.round(atMost / 1000)} s, to start or stop the embedded PostgreSQL. See what it is doing (fuser ${path}), end it if it hangs, and run again.`,
          })
        }
        yield* restore(Effect.sleep(20))
      }
    }),
  )
