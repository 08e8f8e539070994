/** One program writes an archive at a time, however the one before it ended. */
import { spawn, spawnSync } from "node:child_process"
import type { ChildProcessByStdio } from "node:child_process"
import { once } from "node:events"
import * as fs from "node:fs"
import * as os from "node:os"
import * as path from "node:path"
import type { Readable, Writable } from "node:stream"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { takeWriterLock, writerLockHolder } from "./WriterLock.ts"
import { isProcessAlive, processStart } from "./processIdentity.ts"

const program = fileURLToPath(new URL("./holdLock.fixture.ts", import.meta.url))
type Child = ChildProcessByStdio<Writable, Readable, null>

let folder: string
let lock: string
let children: Array<Child>

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "vodstation-lock-"))
  lock = path.join(folder, ".lock")
  children = []
})

afterEach(async () => {
  for (const child of children) await ended(child, () => child.kill("SIGKILL"))
  fs.rmSync(folder, { recursive: true, force: true })
})

/** Before a program: it then runs as in a container that has the machine's name, with process numbers of its own. */
const contained = ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"]
const canContain = spawnSync(contained[0]!, [...contained.slice(1), "true"]).status === 0

/** Another program that tries to take the lock, and what it said. */
const other = async (
  at = 0,
  within: ReadonlyArray<string> = [],
): Promise<{ readonly child: Child; readonly said: string }> => {
  const [command, ...args] = [...within, process.execPath, program, lock, String(at)]
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] })
  children.push(child)
  const [said] = (await once(child.stdout, "data")) as [Buffer]
  return { child, said: said.toString().trim() }
}

const ended = async (child: Child, end: () => unknown): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, "exit")
  end()
  await exit
}

const held = (content: object) => fs.writeFileSync(lock, JSON.stringify(content))
const dead = async () => {
  const { child } = await other()
  await ended(child, () => child.kill("SIGKILL"))
}
const taken = async () => {
  const attempt = await takeWriterLock(lock, 0)
  if (attempt._tag === "Held") throw new Error(`held by ${attempt.by.pid}`)
  return attempt
}

describe("the lock", () => {
  it("says who holds it and since when, and is gone once it is given back", async () => {
    const attempt = await takeWriterLock(lock, Date.parse("2026-11-24T10:00:00Z"))
    expect(JSON.parse(fs.readFileSync(lock, "utf8"))).toMatchObject({
      pid: process.pid,
      host: os.hostname(),
      since: "2026-11-24T10:00:00.000Z",
      ...(process.platform === "linux" ? { processStart: await processStart(process.pid) } : {}),
    })
    expect((await writerLockHolder(lock))?.pid).toBe(process.pid)
    expect(fs.readdirSync(folder)).toEqual([".lock"])
    if (attempt._tag === "Taken") await attempt.release()
    expect(fs.readdirSync(folder)).toEqual([])
    expect(await writerLockHolder(lock)).toBeUndefined()
  })

  it("is refused to a second program, and to this one again, until the first gives it back", async () => {
    const first = await other()
    expect(first.said).toBe("taken")
    expect((await other()).said).toBe(`held ${first.child.pid}`)
    expect(await takeWriterLock(lock, 0)).toMatchObject({ _tag: "Held", by: { pid: first.child.pid } })
    await ended(first.child, () => first.child.stdin.end())
    const mine = await taken()
    expect(await takeWriterLock(lock, 0)).toMatchObject({ _tag: "Held", by: { pid: process.pid } })
    await mine.release()
  })

  it("of a killed program is taken over, and nothing else stays", async () => {
    await dead()
    expect(fs.readdirSync(folder)).toEqual([".lock"])
    const mine = await taken()
    expect(fs.readdirSync(folder)).toEqual([".lock"])
    expect((await writerLockHolder(lock))?.pid).toBe(process.pid)
    await mine.release()
    expect(fs.readdirSync(folder)).toEqual([])
  })

  it.runIf(process.platform === "linux")(
    "(on Linux, which tells when a process began) is taken over when its pid belongs to another by now",
    async () => {
      const { pid } = process
      const start = await processStart(pid)
      const record = { pid, host: os.hostname(), since: "2026-11-24T10:00:00.000Z", token: "t" }
      held({ ...record, processStart: start })
      expect(await writerLockHolder(lock)).toBeDefined()
      held({ ...record, processStart: `${start}0` })
      expect(await writerLockHolder(lock)).toBeUndefined()
      await (await taken()).release()
    },
  )

  it("of another machine counts as held, since nobody there can be asked", async () => {
    held({ pid: 1, host: "elsewhere", since: "2026-11-24T10:00:00.000Z", token: "t" })
    expect(await takeWriterLock(lock, 0)).toMatchObject({ _tag: "Held", by: { host: "elsewhere" } })
  })

  it.runIf(canContain)(
    "of a container is held for others, and theirs for it, as long as it lives (where unshare may be used)",
    async () => {
      const { child, said } = await other(0, contained)
      expect(said).toBe("taken")
      const inside = JSON.parse(fs.readFileSync(lock, "utf8"))
      expect(inside).toMatchObject({ pid: 1, host: os.hostname() })
      expect(await takeWriterLock(lock, 0)).toMatchObject({ _tag: "Held", by: { token: inside.token } })
      expect((await other(0, contained)).said).toBe("held 1")
      // Nor is it for one that has another name.
      held({ ...inside, host: "another container" })
      expect((await writerLockHolder(lock))?.token).toBe(inside.token)

      await ended(child, () => child.kill("SIGKILL"))
      await vi.waitFor(async () => expect(await writerLockHolder(lock)).toBeUndefined())
      const mine = await taken()
      expect(fs.readdirSync(folder)).toEqual([".lock"])
      expect((await other(0, contained)).said).toBe(`held ${process.pid}`)
      await mine.release()
      const next = await other(0, contained)
      expect(next.said).toBe("taken")
      await ended(next.child, () => next.child.stdin.end())
      expect(fs.readdirSync(folder)).toEqual([])
    },
  )

  it("of a container that gave no sign of life counts as held", async () => {
    const namespace = "pid:[1]"
    const start = `${await processStart(process.pid)}0`
    held({
      ...{ pid: 1, host: os.hostname(), since: "2026-11-24T10:00:00.000Z", token: "t" },
      namespace,
      processStart: start,
    })
    expect((await writerLockHolder(lock))?.token).toBe("t")
  })

  it("that is no record of ours is left alone", async () => {
    fs.writeFileSync(lock, "something else")
    await expect(takeWriterLock(lock, 0)).rejects.toThrow("is no lock of ours: remove it if no other program")
    expect(fs.readFileSync(lock, "utf8")).toBe("something else")
  })

  it("is found at the end of takeovers that were themselves killed", async () => {
    await dead()
    const first = JSON.parse(fs.readFileSync(lock, "utf8"))
    // Someone won the dead holder's name, and died before moving its record.
    fs.writeFileSync(`${lock}.${first.token}`, JSON.stringify({ ...first, token: "second" }))
    expect(await writerLockHolder(lock)).toBeUndefined()
    const mine = await taken()
    expect(fs.readdirSync(folder)).toEqual([".lock"])
    // Or won it and lives.
    await mine.release()
    held(first)
    fs.writeFileSync(
      `${lock}.${first.token}`,
      JSON.stringify({ pid: process.pid, host: first.host, since: first.since, token: "third" }),
    )
    expect(await takeWriterLock(lock, 0)).toMatchObject({ _tag: "Held", by: { token: "third" } })
  })

  it.each(["a free lock", "a dead holder's lock"])("goes to one of six who want %s at once", async (what) => {
    if (what !== "a free lock") await dead()
    const attempts = await Promise.all(
      Array.from({ length: 3 }, () => [other(Date.now() + 1_500), other(Date.now() + 1_500)]).flat(),
    )
    const winners = attempts.filter(({ said }) => said === "taken")
    expect(winners).toHaveLength(1)
    const losers = attempts.filter(({ said }) => said === `held ${winners[0]!.child.pid}`)
    expect(losers).toHaveLength(5)
    expect((await writerLockHolder(lock))?.pid).toBe(winners[0]!.child.pid)
  })

  it("goes to one at a time of many in one process, over and over, with dead holders in between", async () => {
    await dead()
    const deadRecord = fs.readFileSync(lock, "utf8")
    for (let round = 0; round < 20; round++) {
      const attempts = await Promise.all(Array.from({ length: 8 }, () => takeWriterLock(lock, 0)))
      expect(attempts.filter(({ _tag }) => _tag === "Taken")).toHaveLength(1)
      expect(fs.readdirSync(folder)).toEqual([".lock"])
      fs.writeFileSync(lock, deadRecord)
    }
  })
})

describe("a process", () => {
  it("is alive while it runs, and not after it was killed", async () => {
    const { child } = await other()
    const start = await processStart(child.pid!)
    expect(await isProcessAlive(child.pid!, start)).toBe(true)
    await ended(child, () => child.kill("SIGKILL"))
    expect(await isProcessAlive(child.pid!, start)).toBe(false)
  })
})
