/** Several days in flight in one process, and what an interruption leaves. */
import * as fs from "node:fs"
import * as path from "node:path"
import { Effect, Fiber } from "effect"
import { describe, expect, it } from "@effect/vitest"
import { archiveFolder } from "./ArchiveFolder.ts"
import {
  encodingOf,
  filesOf,
  freshFolder,
  loadReading,
  messageOf,
  openFolder,
  readingOf,
  runIdOf,
  writableFolder,
} from "./CsvFolder.fixture.ts"
import { BeforeCommitStep } from "./commitDay.ts"
import { readOpenEncodings } from "./readOpenEncodings.ts"
import { loadFirst, second } from "./twoReadings.fixture.ts"

describe("days in flight", () => {
  it.effect("are committed side by side, and the ledger has them all, in order", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      const archive = yield* writableFolder(folder)
      const days = Array.from({ length: 24 }, (_, index) => `2021-09-${String(24 - index).padStart(2, "0")}`)
      yield* Effect.forEach(
        days,
        (workDate, index) => {
          const rows = [encodingOf({ filePath: `/${index}.mp4` })]
          return index % 5 === 4
            ? archive.recordFailure(workDate, { runId: runIdOf(index) }, 'lost, "alas"\n')
            : loadReading(archive, readingOf(rows, [], { workDate }), rows, [], runIdOf(index))
        },
        { concurrency: 8 },
      )
      const ledger = yield* archive.ledger()
      expect(ledger.map(({ workDate }) => workDate)).toEqual(days.toReversed())
      expect(ledger.filter(({ state }) => state === "failed").map(({ workDate }) => workDate)).toEqual([
        "2021-09-05",
        "2021-09-10",
        "2021-09-15",
        "2021-09-20",
      ])
      const reader = yield* openFolder(folder, { access: "read" })
      expect(yield* reader.ledger()).toEqual(ledger)
    }),
  )

  it.effect("cannot be the same day twice", () =>
    Effect.gen(function* () {
      const archive = yield* writableFolder(yield* freshFolder)
      const run = { runId: runIdOf(1) }
      yield* Effect.scoped(
        Effect.gen(function* () {
          yield* archive.stageDay("2021-09-12", run)
          const again = Effect.scoped(archive.stageDay("2021-09-12", run))
          expect(yield* messageOf(Effect.asVoid(again))).toContain("this run is loading that day already")
        }),
      )
      yield* Effect.scoped(archive.stageDay("2021-09-12", run))
    }),
  )

  it.live("that are interrupted leave the day as it was", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      const archive = yield* writableFolder(folder)
      yield* loadReading(archive, readingOf([encodingOf()]), [encodingOf()])
      const before = filesOf(folder)
      const rows = Array.from({ length: 60_000 }, (_, index) => encodingOf({ filePath: `/${index}.mp4` }))
      const loading = yield* Effect.forkChild(
        loadReading(archive, readingOf(rows), rows, [], runIdOf(2), 10_000),
      )
      const draft = path.join(folder, ".pending", "2021-09-12", "encoding.csv")
      while (!fs.existsSync(draft)) yield* Effect.sleep("2 millis")
      yield* Fiber.interrupt(loading)
      expect(filesOf(folder)).toEqual(before)
      expect(fs.readdirSync(path.join(folder, ".pending"))).toEqual([])
    }),
  )

  it.live("that are put into place are waited for by who reads their rows", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      yield* loadFirst(folder)
      const reader = yield* openFolder(folder, { access: "read" })
      const stuck = yield* reader.openEncodings({ before: "2021-09-13", limit: 9 })
      expect(stuck).toMatchObject([{ workDate: "2021-09-12", filePath: "/b.mp4", status: "RUNNING" }])
      let stopped = false
      const stopOnce = (step: string) => {
        if (stopped || step !== "put encoding_provenance") return
        stopped = true
        throw new Error("stopped")
      }
      const archive = yield* writableFolder(folder).pipe(Effect.provideService(BeforeCommitStep, stopOnce))
      const running = second.map((row) => ({ ...row, status: "RUNNING" }))
      yield* Effect.exit(loadReading(archive, readingOf(running), running, [], runIdOf(2)))
      const [open] = (yield* reader.ledger()).slice(-1)
      const look = readOpenEncodings(archiveFolder(folder), { excel: false }, [open!], {
        before: "2021-09-13",
        limit: 9,
      })
      yield* Effect.promise(() => expect(look).rejects.toThrow("do not hold the same keys"))

      const reading = yield* Effect.forkChild(reader.openEncodings({ before: "2021-09-13", limit: 9 }))
      yield* Effect.sleep("20 millis")
      // The next change of the ledger first puts the day's other files into place.
      yield* archive.recordFailure("2021-09-14", { runId: runIdOf(2) }, "refused")
      expect(yield* Fiber.join(reading)).toMatchObject(running.map(({ filePath }) => ({ filePath })))
    }),
  )
})
