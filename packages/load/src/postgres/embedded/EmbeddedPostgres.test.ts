import * as fs from "node:fs"
import * as net from "node:net"
import { once } from "node:events"
import * as path from "node:path"

import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { Client } from "pg"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"

import { useEmbeddedPostgres } from "./EmbeddedPostgres.ts"
import { tryFileLock } from "./FileLock.ts"
import { findServerProcess } from "./RunningServer.ts"
import type { ServerFolder } from "./ServerFolder.ts"
import { weAreRoot } from "./spawnUser.fixture.ts"
import { type TestHome, testHome } from "./testHome.fixture.ts"

const query = async (url: string, sql: string): Promise<ReadonlyArray<Record<string, unknown>>> => {
  const client = new Client(url)
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

const fail = (home: string) => Effect.runPromise(useEmbeddedPostgres(home).pipe(Effect.scoped, Effect.flip))

/** Whether nothing is left of a use: no server, no lock, no half cluster. */
const isLeft = async (folder: ServerFolder) => {
  const locks = [folder.startLock, folder.usersLock].map((lock) => tryFileLock(lock, "exclusive"))
  const [start, users] = await Effect.runPromise(Effect.all(locks))
  start?.release()
  users?.release()
  return {
    server: findServerProcess(folder) !== undefined,
    locks: start === undefined || users === undefined,
    halfCluster: fs.readdirSync(folder.root).some((name) => name.startsWith("data.new-")),
  }
}

const nothing = { server: false, locks: false, halfCluster: false }

const until = async (what: () => boolean): Promise<void> => {
  await vi.waitUntil(what, { timeout: 20_000, interval: 2 })
}

let made: TestHome
beforeAll(async () => {
  made = await testHome()
  await Effect.runPromise(Effect.scoped(useEmbeddedPostgres(made.home)))
})
afterAll(() => made[Symbol.asyncDispose]())

describe("useEmbeddedPostgres", () => {
  it("makes, starts, shares, stops and starts again the server of a closed home", async () => {
    await using test = await testHome()
    const first = Scope.makeUnsafe()
    const second = Scope.makeUnsafe()
    const use = (scope: Scope.Scope) =>
      Effect.runPromise(Scope.provide(useEmbeddedPostgres(test.home), scope))

    const server = await use(first)
    expect(server.startedHere).toBe(true)
    expect(server.dataFolder).toBe(test.folder.data)
    const url = Redacted.value(server.url)
    expect(url).toMatch(/^postgres:\/\/vodstation:[\w-]{32}@127\.0\.0\.1:\d+\/vodstation$/)
    const [facts] = await query(
      url,
      `SELECT current_user AS role, current_database() AS database, datcollate AS collation,
         pg_encoding_to_char(encoding) AS encoding, current_setting('TimeZone') AS zone,
         current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
         current_setting('max_connections') AS connections, current_setting('data_directory') AS data
       FROM pg_database WHERE datname = current_database()`,
    )
    expect(facts).toEqual({
      role: "vodstation",
      database: "vodstation",
      collation: "C",
      encoding: "UTF8",
      zone: "UTC",
      fsync: "on",
      commit: "on",
      connections: "50",
      data: test.folder.data,
    })
    expect(fs.statSync(test.folder.password).mode & 0o777).toBe(0o600)
    await expect(query(url.replace(/vodstation:[^@]+@/, "vodstation:guess@"), "SELECT 1")).rejects.toThrow(
      /password authentication failed/,
    )

    const pid = findServerProcess(test.folder)
    const other = await use(second)
    expect([other.startedHere, other.port, findServerProcess(test.folder)]).toEqual([false, server.port, pid])
    await query(url, "CREATE TABLE kept AS SELECT 7 AS n")
    await Effect.runPromise(Scope.close(first, Exit.void))
    expect(await query(Redacted.value(other.url), "SELECT n FROM kept")).toEqual([{ n: 7 }])
    await Effect.runPromise(Scope.close(second, Exit.void))
    expect(await isLeft(test.folder)).toEqual(nothing)

    const third = Scope.makeUnsafe()
    const again = await use(third)
    expect([again.startedHere, again.port]).toEqual([true, server.port])
    expect(await query(Redacted.value(again.url), "SELECT n FROM kept")).toEqual([{ n: 7 }])
    await Effect.runPromise(Scope.close(third, Exit.void))
    expect(fs.readFileSync(test.folder.log, "utf8")).not.toContain(url.split(/[:@]/)[2])
  })

  it("undoes a first use that is interrupted while the cluster is made, and a start that is", async () => {
    await using test = await testHome()
    const start = () => Effect.runFork(Effect.scoped(useEmbeddedPostgres(test.home)))

    const making = start()
    await until(() => fs.readdirSync(test.folder.root).some((name) => name.startsWith("data.new-")))
    await Effect.runPromise(Fiber.interrupt(making))
    expect(await isLeft(test.folder)).toEqual(nothing)
    expect(fs.existsSync(test.folder.data)).toBe(false)

    const starting = start()
    await until(() => findServerProcess(test.folder) !== undefined)
    await Effect.runPromise(Fiber.interrupt(starting))
    expect(await isLeft(test.folder)).toEqual(nothing)

    const server = await Effect.runPromise(Effect.scoped(useEmbeddedPostgres(test.home)))
    expect(server.startedHere).toBe(true)
    expect(await isLeft(test.folder)).toEqual(nothing)
  })

  it("takes another port when that of the last start is taken", async () => {
    await using test = await testHome(made)
    const taker = net.createServer().listen(0, "127.0.0.1")
    await once(taker, "listening")
    const address = taker.address()
    const taken = typeof address === "object" ? address?.port : undefined
    fs.writeFileSync(test.folder.port, String(taken))
    const server = await Effect.runPromise(Effect.scoped(useEmbeddedPostgres(test.home)))
    taker.close()
    expect(server.port).not.toBe(taken)
    expect(fs.readFileSync(test.folder.port, "utf8").trim()).toBe(String(server.port))
  })

  it("shows the server's last words when it does not start, and nobody's password", async () => {
    await using test = await testHome(made)
    fs.appendFileSync(path.join(test.folder.data, "postgresql.conf"), "\nnonsense_setting = 1\n")
    const error = await fail(test.home)
    expect(error.reason).toBe("StartFailed")
    expect(error.message).toContain('unrecognized configuration parameter "nonsense_setting"')
    expect(error.message).not.toContain(fs.readFileSync(test.folder.password, "utf8").trim())
    expect(await isLeft(test.folder)).toEqual(nothing)

    fs.rmSync(test.folder.password)
    expect((await fail(test.home)).reason).toBe("StartFailed")
    const settings = path.join(test.folder.data, "postgresql.conf")
    fs.writeFileSync(settings, fs.readFileSync(settings, "utf8").replace("nonsense_setting = 1", ""))
    const lost = await fail(test.home)
    expect([lost.reason, lost.message]).toEqual([
      "HomeUnusable",
      expect.stringContaining(test.folder.password),
    ])
    expect(await isLeft(test.folder)).toEqual(nothing)
  })

  it("says so when the home cannot be", async () => {
    await using test = await testHome()
    const file = path.join(test.home, "file")
    fs.writeFileSync(file, "")
    const error = await fail(path.join(file, "home"))
    expect([error.reason, error.message]).toEqual([
      "HomeUnusable",
      expect.stringContaining("VODSTATION_HOME"),
    ])
  })

  it("does not put a cluster over something else", async () => {
    await using test = await testHome()
    fs.mkdirSync(test.folder.data)
    fs.writeFileSync(path.join(test.folder.data, "precious.txt"), "mine")
    const error = await fail(test.home)
    expect([error.reason, error.message]).toEqual(["HomeUnusable", expect.stringContaining(test.folder.data)])
    expect(fs.readdirSync(test.folder.data)).toEqual(["precious.txt"])
    expect(await isLeft(test.folder)).toEqual(nothing)
  })

  it.skipIf(!weAreRoot)("(as root) says so when there is no setpriv, which only root needs", async () => {
    await using test = await testHome()
    vi.stubEnv("PATH", test.home)
    const error = await fail(test.home).finally(() => vi.unstubAllEnvs())
    expect([error.reason, error.message]).toEqual(["RootRefused", expect.stringContaining("setpriv")])
  })
})
