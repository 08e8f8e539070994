/** The server of a data folder while it runs: finding it, waiting for it, ending it. */
import { execFile } from "node:child_process"
import * as fs from "node:fs"

import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"

import { EmbeddedPostgresError } from "./EmbeddedPostgresError.ts"
import { pollUntil } from "./pollUntil.ts"
import { postmasterFilePath, readPostmasterFile } from "./PostmasterFile.ts"
import { postmasterProcess } from "./postmasterProcess.ts"
import { processState } from "./processState.ts"
import type { ServerFolder } from "./ServerFolder.ts"
import { serverLogSize, serverLogTail } from "./serverLog.ts"

/** A server that takes connections. */
export interface RunningServer {
  readonly pid: number
  readonly port: number
}

const silenceAtMost = 60_000
const recoveryAtMost = 600_000
const stopAtMost = 30_000

/** The process of the server of `folder`, ready or not; `undefined` where there is none. */
export const findServerProcess = (folder: ServerFolder): number | undefined => {
  const file = readPostmasterFile(folder.data)
  return file !== undefined && postmasterProcess(file.pid, folder.data) === "server" ? file.pid : undefined
}

/**
 * Removes a `postmaster.pid` whose number now belongs to an unrelated process: PostgreSQL would take that for a running
 * server and refuse to start. One that names a dead process it handles itself, and more carefully.
 */
export const removeMisleadingPostmasterFile = (folder: ServerFolder): void => {
  const file = readPostmasterFile(folder.data)
  if (file !== undefined && postmasterProcess(file.pid, folder.data) === "other") {
    fs.rmSync(postmasterFilePath(folder.data), { force: true })
  }
}

/** Waits until the process `pid` is gone; whether it is, after `atMost` ms. */
export const waitUntilGone = (pid: number, atMost: number): Effect.Effect<boolean> =>
  pollUntil(
    Effect.sync(() => (processState(pid) === "running" ? undefined : true)),
    { every: 20, atMost },
  ).pipe(Effect.map((gone) => gone === true))

/**
 * Waits until the server with the process `pid` takes connections, or shuts down (`undefined`). `logFrom` is the size of
 * the log before this start, `since` its time in epoch seconds: in a container, where numbers are small and come again in
 * the same order, a file left by a killed server may name the very process that now starts.
 */
export const waitUntilReady = Effect.fn("waitUntilReady")(function* (
  folder: ServerFolder,
  pid: number,
  { logFrom, since }: { readonly logFrom: number; readonly since: number },
): Effect.fn.Return<RunningServer | undefined, EmbeddedPostgresError> {
  const began = yield* Clock.currentTimeMillis
  let heard = began
  let size = logFrom
  while (true) {
    const file = readPostmasterFile(folder.data)
    if (file?.pid === pid && file.startedAt >= since) {
      if (file.status === "ready") return { pid, port: file.port }
      if (file.status === "stopping") return undefined
    }
    if (processState(pid) !== "running") return undefined
    const now = yield* Clock.currentTimeMillis
    // Recovery after a crash reports every 10 s. Ending it for being slow would only have it begin anew next time.
    if (serverLogSize(folder.log) !== size) {
      size = serverLogSize(folder.log)
      heard = now
    }
    if (now - heard >= silenceAtMost || now - began >= recoveryAtMost) {
      return yield* new EmbeddedPostgresError({
        reason: "StartFailed",
        message: `The embedded PostgreSQL (process ${pid}) is not ready after ${Math.round((now - began) / 1000)} s. Its last words, from ${folder.log}:\n${serverLogTail(folder.log, logFrom)}\nMend what they name and run again, or set DATABASE_URL to use a server of your own.`,
      })
    }
    yield* Effect.sleep(10)
  }
})

const askToStop = (folder: ServerFolder, pid: number, pgCtl: string | undefined): Effect.Effect<void> =>
  Effect.callback((resume) => {
    // Windows has no signals: kill() would end the server without a shutdown.
    if (process.platform === "win32" && pgCtl !== undefined) {
      execFile(pgCtl, ["stop", "-D", folder.data, "-m", "fast", "-W"], () => resume(Effect.void))
      return
    }
    try {
      process.kill(pid, "SIGINT")
    } catch {
      // Gone at this moment; if not, the wait for its end says so.
    }
    resume(Effect.void)
  })

/** Ends the server with a fast shutdown: sessions are ended, data is written, nothing is lost. */
export const stopServer = Effect.fn("stopServer")(function* (
  folder: ServerFolder,
  pid: number,
  pgCtl: string | undefined,
): Effect.fn.Return<void, EmbeddedPostgresError> {
  yield* askToStop(folder, pid, pgCtl)
  if (yield* waitUntilGone(pid, stopAtMost)) return yield* Effect.void
  return yield* new EmbeddedPostgresError({
    reason: "StopFailed",
    message: `The embedded PostgreSQL (process ${pid}) is still shutting down after ${stopAtMost / 1000} s. It will finish by itself; ${folder.log} says what it is at.`,
  })
})
