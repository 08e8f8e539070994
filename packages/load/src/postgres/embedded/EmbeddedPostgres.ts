/**
 * The embedded PostgreSQL: a real server under the home folder, shared by all programs of this user that need one. The
 * first of them starts it, later ones find it, the last one stops it.
 *
 * Two locks decide, both given back by the kernel when a program dies (`FileLock`). Whoever looks for, starts or stops the
 * server holds `start.lock` meanwhile, so that two never do at once. Whoever uses the server holds `users.lock` shared; a
 * program that finishes and can get it exclusively was the last. So a program that is killed counts as a user no more, and
 * the server that it left behind is found and later stopped by the next one.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"

import { createCluster, databaseName } from "./createCluster.ts"
import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts"
import { exclusiveFileLock, tryFileLock } from "./FileLock.ts"
import type { FileLock } from "../../lockFile.ts"
import { findBinaries } from "./findBinaries.ts"
import {
  findServerProcess,
  type RunningServer,
  stopServer,
  waitUntilGone,
  waitUntilReady,
} from "./RunningServer.ts"
import { serverAccount } from "./ServerAccount.ts"
import { openServerFolder, type ServerFolder } from "./ServerFolder.ts"
import { serverLogSize } from "./serverLog.ts"
import { wasStartedHere } from "./serverPlace.ts"
import { serverPassword } from "./serverPassword.ts"
import { startServer } from "./startServer.ts"

/** A server that is ours to use until the scope closes. */
export interface EmbeddedPostgres {
  /** `postgres://vodstation:PASSWORD@127.0.0.1:PORT/vodstation` */
  readonly url: Redacted.Redacted
  readonly port: number
  readonly dataFolder: string
  /** Whether this use started the server, rather than found it. */
  readonly startedHere: boolean
}

/** Longer than any start, so that it only ends waiting for a program that hangs. */
const lockAtMost = 90_000

const findOrStart = Effect.fnUntraced(function* (
  folder: ServerFolder,
  alone: boolean,
): Effect.fn.Return<RunningServer & { readonly startedHere: boolean }, EmbeddedPostgresError> {
  const found = findServerProcess(folder)
  if (found !== undefined) {
    const server = yield* waitUntilReady(folder, found, { logFrom: serverLogSize(folder.log), since: 0 })
    if (server !== undefined) return { ...server, startedHere: false }
    // It is shutting down, since someone ended it by hand.
    if (!(yield* waitUntilGone(found, 60_000))) {
      return yield* new EmbeddedPostgresError({
        reason: "StartFailed",
        message: `The embedded PostgreSQL (process ${found}) has been shutting down for 60 s; see ${folder.log}. Wait until it is gone, then run again.`,
      })
    }
  }
  // With users in the same place as we are, it has crashed under them, and is started again.
  if (found === undefined && !alone && !wasStartedHere(folder)) {
    return yield* new EmbeddedPostgresError({
      reason: "HomeUnusable",
      message: `The embedded PostgreSQL in ${folder.root} is in use in another container or on another machine, where it cannot be reached from here. Wait until that program has ended, or give this one another VODSTATION_HOME or a DATABASE_URL.`,
    })
  }
  const binaries = yield* findBinaries()
  const account = yield* serverAccount(folder.data)
  yield* createCluster(folder, account, binaries)
  return { ...(yield* startServer(folder, account, binaries)), startedHere: true }
})

const stopAny = Effect.fnUntraced(function* (
  folder: ServerFolder,
): Effect.fn.Return<void, EmbeddedPostgresError> {
  const pid = findServerProcess(folder)
  if (pid === undefined) return
  // Only Windows needs a program to stop another.
  yield* stopServer(folder, pid, process.platform === "win32" ? (yield* findBinaries()).pg_ctl : undefined)
})

const leave = (folder: ServerFolder, use: FileLock): Effect.Effect<void> =>
  exclusiveFileLock(folder.startLock, lockAtMost).pipe(
    // Given up in any case, but not before we hold the start lock: nobody may take us for gone and start to decide.
    Effect.ensuring(Effect.sync(use.release)),
    Effect.andThen(tryFileLock(folder.usersLock, "exclusive")),
    Effect.flatMap((alone) =>
      alone === undefined ? Effect.void : stopAny(folder).pipe(Effect.ensuring(Effect.sync(alone.release))),
    ),
    Effect.scoped,
    Effect.catch((error) => Effect.logWarning(error.message)),
  )

/** Holds the users' lock shared until the scope closes; whether we are the only user. The start lock is ours. */
const registerUse = Effect.fnUntraced(function* (
  folder: ServerFolder,
): Effect.fn.Return<boolean, EmbeddedPostgresError, Scope.Scope> {
  const alone = yield* tryFileLock(folder.usersLock, "exclusive")
  alone?.release()
  yield* Effect.acquireRelease(
    Effect.filterOrFail(
      tryFileLock(folder.usersLock, "shared"),
      (use) => use !== undefined,
      () =>
        new EmbeddedPostgresError({
          reason: "LockTimeout",
          message: `Something other than vodstation-etl holds ${folder.usersLock}. End it (fuser ${folder.usersLock}) and run again.`,
        }),
    ),
    (use) => leave(folder, use),
  )
  return alone !== undefined
})

/**
 * The embedded server under `home`: found if it runs, else started, and first made if there is none yet. When the scope
 * closes, our use ends, and with the last use the server. Installs no signal handlers: whoever wants the server to be
 * stopped on a signal closes the scope on it. A program killed outright leaves the server to the next one.
 */
export const useEmbeddedPostgres = Effect.fn("useEmbeddedPostgres")(function* (
  home: string,
): Effect.fn.Return<EmbeddedPostgres, EmbeddedPostgresError, Scope.Scope> {
  const folder = yield* openServerFolder(home)
  return yield* Effect.uninterruptibleMask((restore) =>
    Effect.gen(function* () {
      // A scope of our own, so that a start that fails or is interrupted is undone at once and not when the caller ends.
      const use = yield* Scope.fork(yield* Scope.Scope)
      return yield* exclusiveFileLock(folder.startLock, lockAtMost).pipe(
        Effect.andThen(Scope.provide(registerUse(folder), use)),
        Effect.flatMap((alone) => findOrStart(folder, alone)),
        Effect.zip(serverPassword(folder)),
        Effect.map(([{ port, startedHere }, password]) => ({
          url: Redacted.make(
            `postgres://${databaseName}:${Redacted.value(password)}@127.0.0.1:${port}/${databaseName}`,
          ),
          port,
          dataFolder: folder.data,
          startedHere,
        })),
        Effect.scoped,
        restore,
        Effect.onError((cause) => Scope.close(use, Exit.failCause(cause))),
      )
    }),
  )
})
