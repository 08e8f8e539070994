/** The rule book, core's `mergeIdentity` and `mergeRejects`, against the files: the same readings must leave the same archive. */
import { compareKeys } from "@vodstation-etl/core/compareEncodings"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { Effect } from "effect"
import * as fc from "fast-check"
import * as fs from "node:fs"
import { describe, expect, it } from "vitest"
import { ModelArchive } from "../postgres/ModelArchive.fixture.ts"
import { readings, type Step } from "../postgres/readings.arbitrary.ts"
import { checkDay } from "../checkArchive.ts"
import { archiveFolder, dayFiles } from "./ArchiveFolder.ts"
import {
  filesOf,
  freshFolder,
  loadReading,
  openFolder,
  readingOf,
  runIdOf,
  writableFolder,
} from "./CsvFolder.fixture.ts"
import type { CsvTable } from "./CsvTable.ts"
import { RowsPerRun } from "./SliceSpool.ts"
import { historyTable } from "./historyTable.ts"
import { readCsvFile } from "./readCsvFile.ts"
import { readStoredDay } from "./readStoredDay.ts"
import { rejectedTable } from "./rejectedTable.ts"

const collect = async <A>(batches: AsyncIterable<ReadonlyArray<A>>): Promise<ReadonlyArray<A>> => {
  const rows: Array<A> = []
  for await (const batch of batches) rows.push(...batch)
  return rows
}

/** Rows as a multiset: sorted, keys in one order. */
const sorted = (rows: ReadonlyArray<object>): ReadonlyArray<string> =>
  rows
    .map((row) =>
      JSON.stringify(
        Object.entries(row)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, value]) => [name, typeof value === "bigint" ? `${value}n` : value]),
      ),
    )
    .toSorted()

/** What has happened in all the histories of a test, so that none passes by testing nothing. */
const events = {
  ...{ inserted: 0, changed: 0, missing: 0, withdrawn: 0, outdated: 0 },
  ...{ twins: 0, history: 0, rejects: 0, rejectsGone: 0, closed: 0, asItWas: 0 },
  ...{ shrunk: 0, agreed: 0 },
}

/** An archive whose days live as many lives as are asked for, each a day of its own. */
const openWorld = Effect.fnUntraced(function* (excel: boolean) {
  const root = yield* freshFolder
  const folder = archiveFolder(root)
  const archive = yield* writableFolder(root, { excel })
  const reader = yield* openFolder(root, { access: "read" })
  const dialect = { excel }
  const model = new ModelArchive()
  let workDate = "2021-09-12"
  let runs = 0

  const read = <A>(name: (typeof dayFiles)[number], table: CsvTable<A>) => {
    const file = folder.dayFile(name, workDate)
    return fs.existsSync(file) ? collect(readCsvFile(file, table, dialect)) : Promise.resolve([])
  }

  const expectFilesLikeModel = Effect.fnUntraced(function* () {
    const day = model.day(workDate)
    const range = { from: workDate, before: addDays(workDate, 1) }
    expect(yield* archive.ledger(range)).toEqual([day.ledger])
    expect(yield* reader.ledger(range)).toEqual([day.ledger])

    const rows = yield* Effect.promise(() => collect(readStoredDay(folder, dialect, workDate)))
    expect(sorted(rows)).toEqual(sorted(day.rows))
    expect(rows).toEqual(rows.toSorted(compareKeys))

    const history = yield* Effect.promise(() => read("encoding_history", historyTable(workDate)))
    expect(sorted(history)).toEqual(sorted(day.history))
    expect(history).toEqual(history.toSorted((a, b) => compareKeys(a, b) || a.supersededAt - b.supersededAt))
    expect(yield* Effect.promise(() => read("rejected", rejectedTable(workDate)))).toEqual(day.rejects)
    expect(fs.existsSync(folder.dayFile("encoding_history", workDate))).toBe(day.history.length > 0)
    expect(fs.existsSync(folder.dayFile("rejected", workDate))).toBe(day.rejects.length > 0)
    expect(fs.readdirSync(folder.pending)).toEqual([])
  })

  const dayBytes = () =>
    dayFiles.map((name) => {
      const file = folder.dayFile(name, workDate)
      return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined
    })

  const step = Effect.fnUntraced(function* (
    readAt: number,
    { rows, rejects, strong, proof, settled, spilled, sameRun }: Step,
  ) {
    const reading = readingOf(rows, rejects, { workDate, readAt, strong, settled, proof })
    const runId = runIdOf(sameRun ? runs : ++runs)
    const load = (reading: Parameters<typeof loadReading>[1], perSlice: number) =>
      loadReading(archive, reading, rows, rejects, runId, perSlice).pipe(
        Effect.provideService(RowsPerRun, spilled ? 2 : 1_000),
      )
    const before = model.day(workDate).ledger
    const rejectsBefore = model.day(workDate).rejects.length
    const committed = yield* load(reading, 3)
    expect(committed).toEqual(model.commit(reading, rows, rejects, runId))
    yield* expectFilesLikeModel()

    const day = model.day(workDate)
    if (committed._tag === "Outdated") {
      events.outdated++
      return
    }
    events.inserted += committed.counts.inserted
    events.changed += committed.counts.changed
    events.missing += committed.counts.missing
    events.withdrawn += committed.counts.withdrawn
    events.shrunk += Number(committed.shrunk !== null)
    events.agreed += Number(
      before?.error?.startsWith("DayShrunk: ") === true &&
        before.digest === reading.digest &&
        committed.counts.missing + committed.counts.withdrawn > 0,
    )
    events.asItWas += Number(rows.length > 0 && committed.counts.unchanged === rows.length)
    events.closed += Number(committed.state === "closed")
    events.twins += day.rows.filter(({ occurrence }) => occurrence > 1).length
    events.history += day.history.length
    events.rejects += day.rejects.length
    events.rejectsGone += Number(rejectsBefore > 0 && day.rejects.length === 0)

    // The same snapshot again, slices the other way round: by its digest, then by comparing every row, and then so that the
    // ledger knows its digest again.
    const bytes = dayBytes()
    for (const digest of [reading.digest, "another", reading.digest]) {
      const again = { ...reading, digest }
      const { counts } = { counts: undefined, ...(yield* load(again, 100)) }
      model.commit(again, rows, rejects, runId)
      expect(counts).toEqual({ inserted: 0, changed: 0, unchanged: rows.length, missing: 0, withdrawn: 0 })
      expect(dayBytes()).toEqual(bytes)
      yield* expectFilesLikeModel()
    }
  })

  const live = Effect.fnUntraced(function* (steps: ReadonlyArray<Step>) {
    workDate = addDays(workDate, 1)
    let readAt = 1_700_000_000_000
    for (const one of steps) yield* step((readAt += one.after * 1_000), one)
    for (const one of [archive, reader]) {
      const { findings } = yield* checkDay(one, workDate)
      // No run reads a day twice; where one does, its second reading may leave cells that it did not ask for.
      expect(
        findings.filter(({ rule }) => rule !== "contents" || !steps.some(({ sameRun }) => sameRun)),
      ).toEqual([])
    }
    return true
  })
  const services = yield* Effect.context()
  return { root, live: (steps: ReadonlyArray<Step>) => Effect.runPromiseWith(services)(live(steps)) }
})

describe("the files after every reading of a day's life are those of the rules", () => {
  it.each([
    [1, false],
    [2, false],
    [3, true],
  ])("for the histories of seed %d, for Excel: %s", (seed, excel) =>
    Effect.gen(function* () {
      const { live, root } = yield* openWorld(excel)
      yield* Effect.promise(() =>
        fc.assert(fc.asyncProperty(readings, live), { seed, numRuns: 8, interruptAfterTimeLimit: 30_000 }),
      )
      expect(Object.keys(filesOf(root)).length).toBeGreaterThan(12)
    }).pipe(Effect.scoped, Effect.runPromise),
  )

  it("and those histories held everything that can happen", () => {
    expect(Object.entries(events).filter(([, times]) => times === 0)).toEqual([])
  })

  it("for as many random histories as fit in some seconds", () =>
    Effect.gen(function* () {
      const { live } = yield* openWorld(false)
      yield* Effect.promise(() =>
        fc.assert(fc.asyncProperty(readings, live), { numRuns: 10_000, interruptAfterTimeLimit: 4_000 }),
      )
    }).pipe(Effect.scoped, Effect.runPromise))
})
