/** Stopped at any step of a day's commit, the archive is, once it is opened again, wholly the old one or wholly the new one. */
import { spawnSync } from "node:child_process"
import * as fs from "node:fs"
import { fileURLToPath } from "node:url"
import { Effect, Exit } from "effect"
import { describe, expect, it } from "vitest"
import { archiveFolder } from "./ArchiveFolder.ts"
import {
  filesOf,
  freshFolder,
  loadReading,
  openFolder,
  readingOf,
  runIdOf,
  writableFolder,
} from "./CsvFolder.fixture.ts"
import { exportsFrom } from "../ExportedArchive.fixture.ts"
import { exportedText } from "../exportedText.fixture.ts"
import { checkArchive } from "../checkArchive.ts"
import { BeforeCommitStep } from "./commitDay.ts"
import { first, loadFirst, loadSecond, reject, second } from "./twoReadings.fixture.ts"

/** Loads the second reading, with something to be done before every step. */
const loadWatched = (folder: string, before: (step: string) => void) =>
  loadSecond(folder).pipe(Effect.provideService(BeforeCommitStep, before))

/** Opens and closes, and tells what then lies there. */
const reopened = (folder: string) =>
  Effect.scoped(writableFolder(folder)).pipe(Effect.map(() => filesOf(folder)))

const stepsOf = Effect.gen(function* () {
  const steps: Array<string> = []
  const folder = yield* freshFolder
  yield* loadFirst(folder)
  const old = filesOf(folder)
  yield* loadWatched(folder, (step) => steps.push(step))
  return { steps, old, now: filesOf(folder) }
}).pipe(Effect.scoped)

const { steps, old, now } = await Effect.runPromise(stepsOf)
const commitAt = steps.indexOf("commit")

describe("the commit of a day", () => {
  it("takes these steps", () => {
    expect(steps).toEqual([
      "write the ledger",
      "write the manifest",
      "sync the staging folder",
      "sync the folder of staging folders",
      "commit",
      "sync the commit",
      "put encoding",
      "put encoding_provenance",
      "put encoding_history",
      "remove rejected",
      "put the ledger",
      "sync the folder encoding",
      "sync the folder encoding_provenance",
      "sync the folder encoding_history",
      "sync the folder rejected",
      "sync the archive's folder",
      "remove the staging folder",
    ])
    expect(Object.keys(old)).toContain("rejected/2021-09-12.csv")
    expect(Object.keys(now)).not.toContain("rejected/2021-09-12.csv")
    expect(Object.keys(now)).toContain("encoding_history/2021-09-12.csv")
  })

  it.each(steps.map((step, at) => [step, at] as const))("stopped before %s", (step, at) =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      yield* loadFirst(folder)
      let failed = ""
      const exit = yield* Effect.exit(
        loadWatched(folder, (name) => {
          if (name !== step) return
          failed = name
          throw new Error("stopped")
        }),
      )
      expect([failed, Exit.isFailure(exit)]).toEqual([step, true])
      // As it lies, it is whole: the files that were not moved yet are read where they are.
      const lying = yield* checkArchive(yield* openFolder(folder, { access: "read" }))
      expect(lying.days.map(({ findings }) => findings)).toEqual([[], []])
      expect(lying.days[1]!.counts.present).toBe(at <= commitAt ? first.length : second.length)
      expect(lying.ledger[1]!.rowCount).toBe(at <= commitAt ? first.length : second.length)
      const reader = yield* openFolder(folder, { access: "read" })
      expect(yield* reader.rowCounts({ from: "2021-09-01", before: "2021-10-01" })).toEqual([
        at <= commitAt
          ? { workDate: "2021-09-12", present: first.length, missing: 0, rejected: 1 }
          : { workDate: "2021-09-12", present: second.length, missing: 0, rejected: 0 },
      ])
      const { rows, text } = yield* exportedText(yield* exportsFrom(folder, reader), "encoding")
      expect([rows, text.includes("/c.mp4")]).toEqual(at <= commitAt ? [2, false] : [3, true])
      const open = yield* reader.openEncodings({ before: "2021-10-01", limit: 9 })
      expect(open).toHaveLength(at <= commitAt ? 1 : 0)
      expect(yield* reopened(folder)).toEqual(at <= commitAt ? old : now)
      // And again changes nothing more.
      expect(yield* reopened(folder)).toEqual(at <= commitAt ? old : now)
      // The day can be loaded again, and is then the new one.
      yield* loadWatched(folder, () => undefined)
      expect(filesOf(folder)).toEqual(now)
    }).pipe(Effect.scoped, Effect.runPromise),
  )

  it.each(["write the manifest", "put the ledger"])("killed before %s", (step) =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      yield* loadFirst(folder)
      const program = fileURLToPath(new URL("./killedCommit.fixture.ts", import.meta.url))
      const { signal } = spawnSync(process.execPath, [program, folder, step], { stdio: "inherit" })
      expect(signal).toBe("SIGKILL")
      // The dead program left its lock and its staging folder.
      expect(fs.readdirSync(folder)).toContain(".lock")
      expect(fs.readdirSync(archiveFolder(folder).pending)).toEqual(["2021-09-12"])
      expect(yield* reopened(folder)).toEqual(steps.indexOf(step) <= commitAt ? old : now)
    }).pipe(Effect.scoped, Effect.runPromise),
  )

  it("stopped again while it is being finished goes on the next time", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      const stopAt = (step: string) => (name: string) => {
        if (name === step) throw new Error("stopped")
      }
      yield* loadFirst(folder)
      yield* Effect.exit(loadWatched(folder, stopAt("sync the commit")))
      // Half of what finishing does, done by hand.
      const { pendingFile, dayFile } = archiveFolder(folder)
      fs.renameSync(pendingFile("encoding", "2021-09-12"), dayFile("encoding", "2021-09-12"))
      expect(yield* reopened(folder)).toEqual(now)
    }).pipe(Effect.scoped, Effect.runPromise))

  it("that cannot put its files into place does so before the next one, and loses neither", () =>
    Effect.gen(function* () {
      const folder = yield* freshFolder
      let stop = true
      const before = (name: string) => {
        if (stop && name === "put encoding_provenance") throw new Error("the disk is slow")
      }
      yield* Effect.gen(function* () {
        const archive = yield* writableFolder(folder)
        const failure = yield* Effect.flip(loadReading(archive, readingOf(first), first))
        expect(failure.message).toContain("committing 2021-09-12 failed: the disk is slow")
        const again = yield* Effect.flip(
          loadReading(archive, readingOf(second, [], { workDate: "2021-09-13" }), second),
        )
        expect(again.message).toContain("committing 2021-09-13 failed: the disk is slow")
        stop = false
        yield* loadReading(archive, readingOf(second, [], { workDate: "2021-09-13" }), second)
      }).pipe(Effect.scoped, Effect.provideService(BeforeCommitStep, before))
      const files = yield* reopened(folder)
      expect(files["ledger.csv"]).toMatch(/\n2021-09-12,open.*\n2021-09-13,closed/)
      expect(files["encoding/2021-09-12.csv"]!.split("\n")).toHaveLength(first.length + 2)
      expect(files["encoding/2021-09-13.csv"]!.split("\n")).toHaveLength(second.length + 2)
      expect(Object.keys(files).filter((name) => name.startsWith(".pending"))).toEqual([])
    }).pipe(Effect.scoped, Effect.runPromise))
})

it("a staged day that is not committed leaves no trace", () =>
  Effect.gen(function* () {
    const folder = yield* freshFolder
    yield* loadFirst(folder)
    yield* Effect.scoped(
      Effect.gen(function* () {
        const archive = yield* writableFolder(folder)
        yield* Effect.scoped(
          Effect.gen(function* () {
            const day = yield* archive.stageDay("2021-09-12", { runId: runIdOf(2) })
            yield* day.add([...second], [reject])
            expect(fs.readdirSync(archiveFolder(folder).pending)).toEqual(["2021-09-12"])
          }),
        )
        expect(filesOf(folder)).toEqual(old)
        expect(fs.readdirSync(archiveFolder(folder).pending)).toEqual([])
      }),
    )
  }).pipe(Effect.scoped, Effect.runPromise))
