/** Starts the server of a cluster. It outlives us: whoever uses it last stops it. */
import * as fs from "node:fs"

import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

import { choosePort } from "./choosePort.ts"
import { diskFullIn } from "./diskFullIn.ts"
import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts"
import type { Binaries } from "./findBinaries.ts"
import { homeUnusable } from "./homeUnusable.ts"
import { rememberedPort, rememberPort } from "./rememberedPort.ts"
import {
  removeMisleadingPostmasterFile,
  type RunningServer,
  stopServer,
  waitUntilReady,
} from "./RunningServer.ts"
import type { ServerAccount } from "./ServerAccount.ts"
import type { ServerFolder } from "./ServerFolder.ts"
import { putAsideBigLog, serverLogSize, serverLogTail } from "./serverLog.ts"
import { notePlace } from "./serverPlace.ts"
import { serverArguments } from "./serverSettings.ts"
import { spawnDetached } from "./spawnDetached.ts"

// It was free when we had chosen it.
const portTaken = /could not bind|Address already in use/
// Sessions of a killed server that have not yet noticed its death; a server that is ending, and hides by then what it is.
const stillEnding = /pre-existing shared memory block|"postmaster\.pid" already exists/
const attemptsAtMost = 4

const startFailed = (folder: ServerFolder, what: string): EmbeddedPostgresError =>
  new EmbeddedPostgresError({
    reason: "StartFailed",
    message: `The embedded PostgreSQL in ${folder.data} did not start. ${what}\nMend what it names and run again, or set DATABASE_URL to use a server of your own.`,
  })

/** @param words the last ones of its log */
const endedSaying = (folder: ServerFolder, words: string): EmbeddedPostgresError => {
  const full = diskFullIn(words)
  if (full === undefined) return startFailed(folder, `Its last words, from ${folder.log}:\n${words}`)
  return new EmbeddedPostgresError({
    reason: "StartFailed",
    message: `The embedded PostgreSQL in ${folder.data} did not start, since its disk is full (${full}). Free some space there and run again; what was loaded is safe.`,
  })
}

/** Spawns the server. Its process number is that of `postgres` itself, since setpriv turns into it. */
const spawnServer = (
  folder: ServerFolder,
  account: ServerAccount,
  binaries: Binaries,
  port: number,
): Effect.Effect<number, EmbeddedPostgresError> =>
  Effect.try({
    try: () => {
      const log = fs.openSync(folder.log, "a", 0o600)
      try {
        // A log that root makes in the home of another must not lock that user out of the next start.
        if (account.owner !== undefined) {
          const { uid, gid } = fs.statSync(folder.root)
          fs.fchownSync(log, uid, gid)
        }
        const child = spawnDetached(account, [binaries.postgres, ...serverArguments(folder.data, port)], {
          cwd: folder.root,
          stdio: ["ignore", log, log],
        })
        // A program that cannot be run has no number, which is told below; without a listener, Node would end us.
        child.on("error", () => undefined)
        child.unref()
        return child.pid
      } finally {
        fs.closeSync(log)
      }
    },
    catch: (cause) => homeUnusable("write", folder.log, cause),
  }).pipe(
    Effect.filterOrFail(
      (pid) => pid !== undefined,
      () =>
        startFailed(folder, `${binaries.postgres} cannot be run on this system (on Alpine: it needs glibc).`),
    ),
  )

/** Starts the server on the port it had last time, or another, and waits until it takes connections. */
export const startServer = Effect.fn("startServer")(function* (
  folder: ServerFolder,
  account: ServerAccount,
  binaries: Binaries,
): Effect.fn.Return<RunningServer, EmbeddedPostgresError> {
  const inFolder = (write: (folder: ServerFolder) => void) =>
    Effect.try({ try: () => write(folder), catch: (cause) => homeUnusable("write", folder.root, cause) })
  yield* inFolder(notePlace)
  let wanted = rememberedPort(folder)
  for (let attempt = 1; ; attempt++) {
    const port = yield* Effect.mapError(choosePort(wanted), (error) =>
      startFailed(folder, `There is no free port on 127.0.0.1: ${error.message}.`),
    )
    yield* inFolder(removeMisleadingPostmasterFile)
    putAsideBigLog(folder.log)
    const logFrom = serverLogSize(folder.log)
    const since = Math.floor((yield* Clock.currentTimeMillis) / 1000)
    const server = yield* Effect.uninterruptibleMask((restore) =>
      spawnServer(folder, account, binaries, port).pipe(
        Effect.flatMap((pid) =>
          restore(waitUntilReady(folder, pid, { logFrom, since })).pipe(
            Effect.onError(() => Effect.ignore(stopServer(folder, pid, binaries.pg_ctl))),
          ),
        ),
      ),
    )
    if (server !== undefined) {
      rememberPort(folder, server.port)
      return server
    }
    const tail = serverLogTail(folder.log, logFrom)
    if (attempt === attemptsAtMost || !(portTaken.test(tail) || stillEnding.test(tail))) {
      return yield* endedSaying(folder, tail)
    }
    if (portTaken.test(tail)) wanted = undefined
    yield* Effect.sleep(500)
  }
})
