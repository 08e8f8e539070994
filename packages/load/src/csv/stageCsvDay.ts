/** The staging area of one day, and its commit. */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { DayShrunk } from "@vodstation-etl/core/DayShrunk"
import { dayShrunk, dayShrunkError } from "@vodstation-etl/core/DayShrunk"
import type { Reject } from "@vodstation-etl/core/Encoding"
import type { LedgerDay, Reading } from "@vodstation-etl/core/Reading"
import { dayState } from "@vodstation-etl/core/Reading"
import { noMergeCounts } from "@vodstation-etl/core/MergeCounts"
import type { MergeReading } from "@vodstation-etl/core/mergeIdentity"
import { mergeRejects } from "@vodstation-etl/core/mergeRejects"
import type { StoredReject } from "@vodstation-etl/core/mergeRejects"
import type { DayCommit, StagedDay, StageOptions } from "../Archive.ts"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { CsvFileWriter } from "./CsvFileWriter.ts"
import type { CsvLedger } from "./CsvLedger.ts"
import { RowsPerRun, SliceSpool } from "./SliceSpool.ts"
import { archiveFailed, fileWork } from "./archiveFailed.ts"
import { archiveHoldsRows } from "./archiveHoldsRows.ts"
import { countStoredRows } from "./countRows.ts"
import { fileExists } from "./fileExists.ts"
import { mergeDay } from "./mergeDay.ts"
import type { MergedDay } from "./mergeDay.ts"
import { readCsvFile } from "./readCsvFile.ts"
import { rejectedTable } from "./rejectedTable.ts"

/** What the days of an archive that is open for writing share. */
export interface CsvWriting {
  readonly folder: ArchiveFolder
  readonly dialect: CsvDialect
  readonly ledger: CsvLedger
  /** One commit, or other change of the ledger, at a time. */
  readonly ledgerLock: Semaphore.Semaphore
  /** One change of archive.json at a time. */
  readonly settingsLock: Semaphore.Semaphore
  /** One line of the run log at a time. */
  readonly runLogLock: Semaphore.Semaphore
  /** Days that are being staged: a day has one staging folder. */
  readonly staged: Set<string>
}

export const stageCsvDay = Effect.fn("CsvArchive.stageDay")(function* (
  writing: CsvWriting,
  workDate: string,
  runId: string,
  options: StageOptions = {},
) {
  const { folder } = writing
  const doing = `staging ${workDate}`
  const rowsPerRun = yield* RowsPerRun
  const spool = yield* Effect.acquireRelease(
    Effect.suspend(() => {
      if (writing.staged.has(workDate))
        return Effect.fail(
          archiveFailed(folder.root, doing, new Error("this run is loading that day already")),
        )
      writing.staged.add(workDate)
      return fileWork(folder.root, doing, async () => {
        await fs.rm(folder.pendingDay(workDate), { recursive: true, force: true })
        await fs.mkdir(folder.pendingDay(workDate), { recursive: true })
        return new SliceSpool(path.join(folder.pendingDay(workDate), "spool"), rowsPerRun)
      }).pipe(Effect.tapError(() => Effect.sync(() => writing.staged.delete(workDate))))
    }),
    (spool) =>
      Effect.promise(async () => {
        // What cannot be removed now is removed when the archive is opened again.
        await spool.close().catch(() => undefined)
        if (!writing.ledger.isUnfinished(workDate))
          await fs.rm(folder.pendingDay(workDate), { recursive: true, force: true }).catch(() => undefined)
        writing.staged.delete(workDate)
      }),
  )
  const rejects = new Map<string, Reject & { readonly count: number }>()
  const oneAtATime = yield* Semaphore.make(1)

  return {
    add: Effect.fn("CsvArchive.add")(function* (rows, newRejects) {
      for (const reject of newRejects)
        rejects.set(reject.fingerprint, {
          ...reject,
          count: (rejects.get(reject.fingerprint)?.count ?? 0) + 1,
        })
      yield* fileWork(folder.root, doing, () => spool.add(rows))
    }, Semaphore.withPermit(oneAtATime)),
    commit: Effect.fn("CsvArchive.commit")(function* (reading) {
      return yield* commit(writing, reading, runId, options, spool, [...rejects.values()])
    }, Semaphore.withPermit(oneAtATime)),
  } satisfies StagedDay
})

const commit = Effect.fnUntraced(function* (
  writing: CsvWriting,
  reading: Reading,
  runId: string,
  options: StageOptions,
  spool: SliceSpool,
  rejects: ReadonlyArray<Reject & { readonly count: number }>,
) {
  const { folder, ledger } = writing
  const { workDate, readAt } = reading
  const known = ledger.get(workDate)
  if (known !== undefined && known.readAt !== null && known.readAt > readAt)
    return { _tag: "Outdated" } satisfies DayCommit
  const doing = `merging ${workDate}`
  const { merged, shrunk, state, rejected } = yield* fileWork(folder.root, doing, async (signal) => {
    const { shrunk, ...merged } = await mergeRows(writing, reading, known, spool, runId, options, signal)
    const believed = { ...reading, runId, strong: reading.strong && shrunk === null }
    const rejected = await writeRejects(writing, workDate, rejects, believed)
    const holdsRows = merged.rowCount > 0 || (await archiveHoldsRows(folder, workDate))
    return { merged, shrunk, state: dayState(believed, holdsRows), rejected }
  })
  const change = {
    workDate,
    put: [...merged.written, ...(rejected === "written" ? (["rejected"] as const) : [])],
    remove: rejected === "gone" ? (["rejected"] as const) : [],
  }
  yield* writing.ledgerLock.withPermit(
    Effect.uninterruptible(
      fileWork(folder.root, `committing ${workDate}`, () =>
        ledger.commit(change, ledgerDay(reading, state, runId, shrunk)),
      ),
    ),
  )
  return { _tag: "Merged", counts: merged.counts, state, shrunk } satisfies DayCommit
})

const mergeRows = async (
  { folder, dialect }: CsvWriting,
  reading: Reading,
  known: LedgerDay | undefined,
  spool: SliceSpool,
  runId: string,
  { compare }: StageOptions,
  signal: AbortSignal,
): Promise<Omit<MergedDay, "stored"> & { readonly shrunk: DayShrunk | null }> => {
  const { workDate, digest, rowCount } = reading
  if (
    compare !== "always" &&
    known?.digest === digest &&
    known.rowCount === rowCount &&
    (await fileExists(folder.dayFile("encoding_provenance", workDate)))
  ) {
    const { present, missing } = await countStoredRows(folder, dialect, workDate)
    if (present === rowCount) {
      const counts = { ...noMergeCounts, unchanged: rowCount }
      return { counts, written: [], rowCount: present + missing, shrunk: null }
    }
  }
  const merge = (strong: boolean) =>
    mergeDay(folder, dialect, workDate, spool.rows(), { ...reading, runId, strong }, signal)
  const { stored, ...merged } = await merge(reading.strong)
  const shrunk = dayShrunk(reading, runId, { stored, counts: merged.counts, before: known })
  return { ...(shrunk === null ? merged : await merge(false)), shrunk }
}

/** Merges the rejects, which even the same snapshot can change: a weak reading only adds, a strong one replaces. */
const writeRejects = async (
  { folder, dialect }: CsvWriting,
  workDate: string,
  rejects: ReadonlyArray<Reject & { readonly count: number }>,
  merge: MergeReading,
): Promise<"same" | "written" | "gone"> => {
  const table = rejectedTable(workDate)
  const file = folder.dayFile("rejected", workDate)
  const stored: Array<StoredReject> = []
  if (await fileExists(file)) for await (const rows of readCsvFile(file, table, dialect)) stored.push(...rows)
  const merged = mergeRejects(stored, rejects, merge)
  const cells = (rows: ReadonlyArray<StoredReject>) => JSON.stringify(rows.map(table.toCells))
  if (cells(merged) === cells(stored)) return "same"
  if (merged.length === 0) return "gone"
  const writer = await CsvFileWriter.create(folder.pendingFile("rejected", workDate), table, dialect)
  try {
    for (const reject of merged) writer.add(reject)
    await writer.finish()
  } finally {
    await writer.abandon()
  }
  return "written"
}

const ledgerDay = (
  reading: Reading,
  state: "open" | "closed",
  runId: string,
  shrunk: DayShrunk | null,
): LedgerDay => {
  const { workDate, proof, apiTotal, rowCount, openRows, rejectedRows, requests, pages, readAt, digest } =
    reading
  return {
    ...{ workDate, state, proof, apiTotal, rowCount, openRows, rejectedRows, requests, pages, readAt },
    ...{ runId, digest, error: shrunk === null ? null : dayShrunkError(shrunk) },
  }
}
