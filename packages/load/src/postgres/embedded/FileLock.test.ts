import * as fs from "node:fs"

import * as Effect from "effect/Effect"
import { describe, expect, it } from "vitest"

import { exclusiveFileLock, tryFileLock } from "./FileLock.ts"
import { testHome } from "./testHome.fixture.ts"

describe("tryFileLock", () => {
  it("is shared by many or held by one, also within a process", async () => {
    await using test = await testHome()
    const take = (mode: "shared" | "exclusive") => Effect.runSync(tryFileLock(test.folder.usersLock, mode))
    const first = take("shared")
    const second = take("shared")
    expect([first, second]).not.toContain(undefined)
    expect(take("exclusive")).toBeUndefined()
    first?.release()
    first?.release()
    expect(take("exclusive")).toBeUndefined()
    second?.release()
    const alone = take("exclusive")
    expect(alone).toBeDefined()
    expect(take("shared")).toBeUndefined()
    alone?.release()
    expect(fs.statSync(test.folder.usersLock).size).toBe(0)
  })

  it("says so when the file cannot be locked", async () => {
    await using test = await testHome()
    const error = Effect.runSync(Effect.flip(tryFileLock(test.folder.root, "shared")))
    expect([error.reason, error.message]).toEqual(["HomeUnusable", expect.stringContaining(test.folder.root)])
  })
})

describe("exclusiveFileLock", () => {
  it("waits no longer than it is told, and says for what", async () => {
    await using test = await testHome()
    const held = Effect.runSync(tryFileLock(test.folder.startLock, "exclusive"))
    const wait = (atMost: number) =>
      exclusiveFileLock(test.folder.startLock, atMost).pipe(Effect.as("got it"), Effect.scoped)
    const error = await Effect.runPromise(Effect.flip(wait(100)))
    expect([error.reason, error.message]).toEqual([
      "LockTimeout",
      expect.stringContaining(test.folder.startLock),
    ])
    const waiting = Effect.runPromise(wait(10_000))
    held?.release()
    expect(await waiting).toBe("got it")
    expect(await Effect.runPromise(wait(0))).toBe("got it")
  })
})
