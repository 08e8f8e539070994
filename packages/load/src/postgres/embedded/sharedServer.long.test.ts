/** Several programs and one server: who starts it, who stops it, what a kill -9 leaves. */
import { execFileSync, spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import * as fs from "node:fs"
import * as path from "node:path"

import * as Effect from "effect/Effect"
import { Client } from "pg"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"

import { useEmbeddedPostgres } from "./EmbeddedPostgres.ts"
import { postmasterFilePath } from "./PostmasterFile.ts"
import { findServerProcess } from "./RunningServer.ts"
import { spawnUser, weAreRoot } from "./spawnUser.fixture.ts"
import { type TestHome, testHome } from "./testHome.fixture.ts"

const until = async (what: () => boolean): Promise<void> => {
  await vi.waitUntil(what, { timeout: 20_000, interval: 2 })
}

const container = ["unshare", "--pid", "--fork", "--mount-proc", "--kill-child"]
const canUnshare = spawnSync(container[0]!, [...container.slice(1), "true"]).status === 0

const useOnce = (home: string) => Effect.runPromise(Effect.scoped(useEmbeddedPostgres(home)))

const startsIn = (log: string): number =>
  fs.readFileSync(log, "utf8").split("database system is ready to accept connections").length - 1

const one = async (url: string): Promise<unknown> => {
  const client = new Client(url)
  await client.connect()
  const { rows } = await client.query("SELECT 1 AS one")
  await client.end()
  return rows[0]
}

/** Starts a server there, and kills it with the program that uses it. */
const killServer = async (test: TestHome): Promise<void> => {
  const program = spawnUser(test.home)
  await program.answer
  process.kill(findServerProcess(test.folder)!, "SIGKILL")
  await program.kill()
  await until(() => findServerProcess(test.folder) === undefined)
}

let made: TestHome
beforeAll(async () => {
  made = await testHome()
  await useOnce(made.home)
})
afterAll(() => made[Symbol.asyncDispose]())

describe("programs that share the embedded server", () => {
  it("start exactly one when they start at once, and the last one stops it", async () => {
    await using test = await testHome()
    const programs = [spawnUser(test.home), spawnUser(test.home), spawnUser(test.home)]
    const answers = await Promise.all(programs.map(({ answer }) => answer))
    expect(answers.flatMap(({ message }) => message ?? [])).toEqual([])
    expect(answers.filter(({ startedHere }) => startedHere)).toHaveLength(1)
    expect(new Set(answers.map(({ url }) => url)).size).toBe(1)
    expect(startsIn(test.folder.log)).toBe(1)

    const starter = answers.findIndex(({ startedHere }) => startedHere)
    expect(await programs[starter]!.finish()).toBe(0)
    expect(await one(answers[0]!.url!)).toEqual({ one: 1 })
    const rest = programs.filter((_, index) => index !== starter)
    // Both at once: each must see that the other is still there, or that it was the last.
    expect(await Promise.all(rest.map(({ finish }) => finish()))).toEqual([0, 0])
    expect(findServerProcess(test.folder)).toBeUndefined()
    expect(fs.existsSync(postmasterFilePath(test.folder.data))).toBe(false)
  })

  it("find the server that a killed one has left, and stop it", async () => {
    await using test = await testHome(made)
    const killed = spawnUser(test.home)
    expect((await killed.answer).startedHere).toBe(true)
    const pid = findServerProcess(test.folder)
    await killed.kill()

    const next = spawnUser(test.home)
    const found = await next.answer
    expect([found.startedHere, findServerProcess(test.folder)]).toEqual([false, pid])
    expect(await one(found.url!)).toEqual({ one: 1 })
    expect(await next.finish()).toBe(0)
    expect(findServerProcess(test.folder)).toBeUndefined()
  })

  it("go on when one is killed while it makes the cluster, with its initdb or without", async () => {
    await using test = await testHome()
    const halves = (): ReadonlyArray<string> =>
      fs.readdirSync(test.folder.root).filter((name) => name.startsWith("data.new-"))
    const begun = (name: string): boolean => fs.existsSync(path.join(test.folder.root, name, "global"))

    const alone = spawnUser(test.home)
    await until(() => halves().some(begun))
    await alone.kill()
    const left = halves()

    const together = spawnUser(test.home)
    await until(() => halves().some((name) => !left.includes(name) && begun(name)))
    const initdb = Number(execFileSync("ps", ["-o", "pid=", "--ppid", String(together.child.pid)]))
    expect(initdb).toBeGreaterThan(1)
    await together.kill()
    process.kill(-initdb, "SIGKILL")
    expect(halves()).not.toEqual([])
    expect(fs.existsSync(test.folder.data)).toBe(false)

    const next = spawnUser(test.home)
    expect(await one((await next.answer).url!)).toEqual({ one: 1 })
    expect(halves()).toEqual([])
    expect(await next.finish()).toBe(0)
  })

  it("go on when one is killed while it starts the server", async () => {
    await using test = await testHome(made)
    const killed = spawnUser(test.home)
    await until(() => fs.existsSync(postmasterFilePath(test.folder.data)))
    await killed.kill()
    const next = spawnUser(test.home)
    const found = await next.answer
    expect(found.startedHere).toBe(false)
    expect(await one(found.url!)).toEqual({ one: 1 })
    expect(await next.finish()).toBe(0)
    expect(findServerProcess(test.folder)).toBeUndefined()
  })

  it("start it anew when it was killed, whatever its postmaster.pid says", async () => {
    await using test = await testHome(made)
    await killServer(test)
    const stale = fs.readFileSync(postmasterFilePath(test.folder.data), "utf8")
    expect((await useOnce(test.home)).startedHere).toBe(true)

    // The number now belongs to another program, which must be neither taken for the server nor stopped.
    const account = fs.statSync(test.folder.data)
    const bystander = spawn("sleep", ["60"], weAreRoot ? { uid: account.uid, gid: account.gid } : {})
    await once(bystander, "spawn")
    fs.writeFileSync(postmasterFilePath(test.folder.data), stale.replace(/^\d+/, String(bystander.pid)))
    expect((await useOnce(test.home)).startedHere).toBe(true)
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull()
    bystander.kill()
  })

  it("wait for one that is just ending, and looks like a server until it has", async () => {
    await using test = await testHome(made)
    await killServer(test)
    const account = fs.statSync(test.folder.data)
    const ending = spawn("sleep", ["1.2"], {
      argv0: "postgres: ending",
      ...(weAreRoot ? { uid: account.uid, gid: account.gid } : {}),
    })
    await once(ending, "spawn")
    const file = postmasterFilePath(test.folder.data)
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace(/^\d+/, String(ending.pid)))
    expect((await useOnce(test.home)).startedHere).toBe(true)
  })

  it("may be those of an ordinary user", async () => {
    await using test = await testHome()
    if (weAreRoot) {
      fs.chmodSync(path.dirname(test.home), 0o711)
      for (const owned of [test.home, test.folder.root]) fs.chownSync(owned, 65_534, 65_534)
    }
    const program = spawnUser(test.home, { ordinary: true })
    const answer = await program.answer
    expect(answer.message).toBeUndefined()
    expect(await one(answer.url!)).toEqual({ one: 1 })
    expect(fs.statSync(test.folder.data).uid).toBe(weAreRoot ? 65_534 : process.getuid?.())
    // Root comes along, finds it, and leaves it to its owner.
    expect((await useOnce(test.home)).startedHere).toBe(false)
    expect(await one(answer.url!)).toEqual({ one: 1 })
    expect(await program.finish()).toBe(0)
    expect(findServerProcess(test.folder)).toBeUndefined()
    // Root alone starts it as its owner, who can go on with it.
    expect((await useOnce(test.home)).startedHere).toBe(true)
    const later = spawnUser(test.home, { ordinary: true })
    expect((await later.answer).startedHere).toBe(true)
    expect(await later.finish()).toBe(0)
  })

  it.skipIf(!canUnshare)(
    "are told when they cannot see the server, from within another container (where the system lets us make one)",
    async () => {
      await using test = await testHome(made)
      const outside = spawnUser(test.home)
      await outside.answer
      const starts = startsIn(test.folder.log)
      const inside = spawnUser(test.home, { within: container })
      const answer = await inside.answer
      expect([answer.reason, answer.message]).toEqual([
        "HomeUnusable",
        expect.stringMatching(/another container/),
      ])
      expect(await inside.finish()).toBe(1)
      expect(startsIn(test.folder.log)).toBe(starts)
      expect(await outside.finish()).toBe(0)

      // With nobody left who could use it, nothing is in the way.
      const later = spawnUser(test.home, { within: container })
      expect((await later.answer).startedHere).toBe(true)
      expect(await later.finish()).toBe(0)
    },
  )

  it("is started anew when it has crashed under others", async () => {
    await using test = await testHome(made)
    const first = spawnUser(test.home)
    const { port } = await first.answer
    const pid = findServerProcess(test.folder)!
    process.kill(pid, "SIGKILL")
    await until(() => findServerProcess(test.folder) === undefined)
    const second = spawnUser(test.home)
    const answer = await second.answer
    // On the same port, so that the first, whose URL is the same, can connect again.
    expect([answer.startedHere, answer.port]).toEqual([true, port])
    expect(await second.finish()).toBe(0)
    expect(findServerProcess(test.folder)).not.toBeUndefined()
    expect(await first.finish()).toBe(0)
    expect(findServerProcess(test.folder)).toBeUndefined()
  })

  it("are told when the home is not theirs to write", async () => {
    await using test = await testHome()
    fs.chmodSync(path.dirname(test.home), 0o711)
    fs.chmodSync(test.home, 0o555)
    fs.chmodSync(test.folder.root, 0o555)
    const program = spawnUser(test.home, { ordinary: true })
    const answer = await program.answer
    expect([answer.reason, answer.message]).toEqual([
      "HomeUnusable",
      expect.stringMatching(/not ours to write.*VODSTATION_HOME/),
    ])
    expect(await program.finish()).toBe(1)
    fs.chmodSync(test.folder.root, 0o700)
    fs.chmodSync(test.home, 0o700)
  })
})
