/** For tests: CSV archives in folders that are removed when their test ends, and what lies in them. */
import * as fs from "node:fs"
import * as os from "node:os"
import * as path from "node:path"
import { Effect } from "effect"
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import { isTerminal } from "@vodstation-etl/core/Encoding"
import type { Reading } from "@vodstation-etl/core/Reading"
import { SnapshotDigest } from "@vodstation-etl/core/SnapshotDigest"
import type { Archive } from "../Archive.ts"
import type { ArchiveError } from "../ArchiveError.ts"
import { make } from "./CsvArchive.ts"
import type { CsvArchiveOptions } from "./CsvArchiveOptions.ts"

export const runIdOf = (run: number) => `00000000-0000-4000-8000-${String(run).padStart(12, "0")}`

/** A folder that does not exist yet, in one that will be removed. */
export const freshFolder = Effect.acquireRelease(
  Effect.sync(() => fs.mkdtempSync(path.join(os.tmpdir(), "vodstation-csv-"))),
  (folder) => Effect.sync(() => fs.rmSync(folder, { recursive: true, force: true })),
).pipe(Effect.map((folder) => path.join(folder, "archive")))

export const openFolder = (folder: string, options: Partial<CsvArchiveOptions> = {}) =>
  make({ folder, timeZone: undefined, excel: undefined, access: "write", ...options })

/** Opens for writing and prepares. */
export const writableFolder = Effect.fnUntraced(function* (
  folder: string,
  options: Partial<CsvArchiveOptions> = {},
) {
  const archive = yield* openFolder(folder, options)
  yield* archive.prepare("vodstation.example")
  return archive
})

export const dayStart = Date.parse("2021-09-11T15:00:00.000Z")
export const dayEnd = dayStart + 86_400_000

export const encodingOf = (row: Partial<Encoding> = {}): Encoding => ({
  categoryId: 1n,
  filePath: "/a.mp4",
  outputType: "HD",
  categoryName: "drama",
  status: "COMPLETE",
  link: null,
  percent: 100,
  outputTotalSize: 1_000n,
  lastWorkTime: dayStart + 1_000,
  requestedFrom: dayStart,
  requestedBefore: dayEnd,
  anomalies: [],
  raw: null,
  ...row,
})

export const readingOf = (
  rows: ReadonlyArray<Encoding>,
  rejects: ReadonlyArray<Reject> = [],
  reading: Partial<Reading> = {},
): Reading => {
  const digest = new SnapshotDigest()
  for (const row of rows) digest.addRow(row)
  for (const reject of rejects) digest.addReject(reject)
  return {
    workDate: "2021-09-12",
    readAt: dayEnd + 3_600_000,
    proof: "single-page",
    strong: true,
    settled: true,
    seamsHold: true,
    apiTotal: rows.length + rejects.length,
    rowCount: rows.length,
    openRows: rows.filter((row) => !isTerminal(row)).length,
    rejectedRows: rejects.length,
    requests: 1,
    pages: 1,
    digest: String(digest),
    ...reading,
  }
}

/** Stages and commits one reading, in slices of `perSlice` rows. */
export const loadReading = (
  archive: typeof Archive.Service,
  reading: Reading,
  rows: ReadonlyArray<Encoding>,
  rejects: ReadonlyArray<Reject> = [],
  runId: string = runIdOf(1),
  perSlice = 1_000,
) =>
  Effect.scoped(
    Effect.gen(function* () {
      const staged = yield* archive.stageDay(reading.workDate, { runId })
      yield* staged.add([], rejects)
      for (let from = 0; from < rows.length; from += perSlice)
        yield* staged.add(rows.slice(from, from + perSlice), [])
      return yield* staged.commit(reading)
    }),
  )

/** Every file of the folder by its path in it, but for the lock. */
export const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== ".lock")
      .map((entry) => path.join(entry.parentPath, entry.name))
      .toSorted()
      .map((file) => [path.relative(folder, file), fs.readFileSync(file, "utf8")]),
  )

/** How an effect that must fail failed. */
export const messageOf = <A, R>(effect: Effect.Effect<A, ArchiveError, R>) =>
  Effect.map(Effect.flip(effect), (error) => `${error._tag} ${error.message}`)

/** A new archive, closed again. */
export const madeFolder = Effect.fnUntraced(function* (options: Partial<CsvArchiveOptions> = {}) {
  const folder = yield* freshFolder
  yield* Effect.scoped(writableFolder(folder, options))
  return folder
})
