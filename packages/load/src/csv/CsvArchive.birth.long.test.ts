/** A program that is killed while it makes an archive leaves one, or nothing that is in the way of one. */
import { spawnSync } from "node:child_process"
import * as fs from "node:fs"
import { fileURLToPath } from "node:url"
import { Effect } from "effect"
import { expect, it } from "vitest"
import { checkArchive } from "../checkArchive.ts"
import { filesOf, freshFolder, openFolder, writableFolder } from "./CsvFolder.fixture.ts"

const program = fileURLToPath(new URL("./killedPrepare.fixture.ts", import.meta.url))

const makeKilledAt = (folder: string, nth: number) => {
  const { signal, status, stderr } = spawnSync(process.execPath, [program, folder, String(nth)])
  return { isKilled: signal !== null, ending: [status, stderr.toString()] }
}

it("killed before any name appears in its folder, it is made by the next one", () =>
  Effect.gen(function* () {
    const whole = yield* freshFolder
    yield* Effect.scoped(writableFolder(whole))
    let nth = 1
    let folder = yield* freshFolder
    let made = makeKilledAt(folder, nth)
    while (made.isKilled) {
      const found = fs.existsSync(folder) ? fs.readdirSync(folder).join() : "no folder"
      const reader = yield* openFolder(folder, { access: "read" })
      expect([nth, found, (yield* checkArchive(reader)).days]).toEqual([nth, found, []])
      yield* Effect.scoped(writableFolder(folder))
      expect([nth, found, filesOf(folder)]).toEqual([nth, found, filesOf(whole)])
      folder = yield* freshFolder
      made = makeKilledAt(folder, ++nth)
    }
    expect(made.ending).toEqual([0, ""])
    expect(nth).toBeGreaterThan(8)
  }).pipe(Effect.scoped, Effect.runPromise))
