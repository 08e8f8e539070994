/**
 * The archive as a folder of CSV files (docs/archive.md, "CSV archive"): for people who have no database, and for BI tools.
 * One program writes at a time; any number may read, and none of them ever sees half a file.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Schedule from "effect/Schedule"
import * as Scope from "effect/Scope"
import * as Semaphore from "effect/Semaphore"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import { Archive } from "../Archive.ts"
import type { ArchiveUnusable } from "../ArchiveError.ts"
import { archiveFolder } from "./ArchiveFolder.ts"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import { defaultTimeZone } from "./CsvArchiveOptions.ts"
import type { CsvArchiveOptions } from "./CsvArchiveOptions.ts"
import { CsvLedger } from "./CsvLedger.ts"
import { appendRunEnd, appendRunStart, readRuns } from "./RunLog.ts"
import { takeWriterLock, writerLockHolder } from "./WriterLock.ts"
import { keepFacts, readFacts } from "./apiFacts.ts"
import { fileWork } from "./archiveFailed.ts"
import { cannotOpen, heldBy, notPrepared, openedForReading } from "./archiveUnusable.ts"
import { BeforeCommitStep } from "./commitDay.ts"
import { committedFolder } from "./committedFolder.ts"
import { countAnomalies } from "./countAnomalies.ts"
import { countRejectReasons } from "./countRejectReasons.ts"
import { countRows } from "./countRows.ts"
import { failedDay } from "./failedDay.ts"
import { inspectArchive } from "./inspectArchive.ts"
import { heldDates, lookAtDay } from "./lookAtDay.ts"
import { makeFolder } from "../makeFolder.ts"
import { checkHost, prepareArchive } from "./prepareArchive.ts"
import { readOpenEncodings } from "./readOpenEncodings.ts"
import { rememberLedger } from "./rememberLedger.ts"
import { sizesOf } from "./sizesOf.ts"
import { stageCsvDay } from "./stageCsvDay.ts"
import type { CsvWriting } from "./stageCsvDay.ts"

/** `CsvArchive.make` as a layer. */
export const layer = (options: CsvArchiveOptions): Layer.Layer<Archive, ArchiveUnusable> =>
  Layer.effect(Archive, make(options))

/**
 * Looks at the folder, and writes nothing. Fails with `ArchiveUnusable` where it is no archive, is made for another time zone
 * or the other dialect, comes from a newer version, cannot be written to or is being written by another program. `prepare`
 * makes the archive where there is none yet, and takes its lock until the scope of `make` closes.
 */
export const make = Effect.fn("CsvArchive.make")(function* (options: CsvArchiveOptions) {
  const folder = archiveFolder(options.folder)
  const { root } = folder
  const looking = <A>(look: () => Promise<A>) =>
    Effect.tryPromise({ try: look, catch: cannotOpen(root, options.access) })
  const found = yield* looking(async () => {
    const settings = await inspectArchive(folder, options)
    if (options.host !== undefined) checkHost(folder, settings, options.host)
    const holder = options.access === "write" ? await writerLockHolder(folder.lock) : undefined
    if (holder !== undefined) throw heldBy(root, holder)
    return settings
  })
  const timeZone = found?.timeZone ?? options.timeZone ?? defaultTimeZone
  const dialect = { excel: found?.excel ?? options.excel ?? false }
  const scope = yield* Effect.scope
  const before = yield* BeforeCommitStep
  const preparing = yield* Semaphore.make(1)
  let writing: CsvWriting | undefined

  const prepare = Effect.fn("CsvArchive.prepare")(function* (asked: string) {
    const bare = asked.toLowerCase().replace(/:\d+$/, "")
    if (options.access === "read") return yield* openedForReading(root)
    const known = yield* looking(() => inspectArchive(folder, { ...options, timeZone }))
    yield* looking(async () => checkHost(folder, known, bare))
    if (writing !== undefined) return undefined
    yield* Scope.provide(holdLock(folder), scope)
    const prepared = yield* Effect.uninterruptible(
      looking(() => prepareArchive(folder, { ...options, timeZone }, bare)),
    )
    writing = {
      folder,
      dialect,
      ledger: new CsvLedger(folder, dialect, prepared.days, before),
      ledgerLock: yield* Semaphore.make(1),
      settingsLock: yield* Semaphore.make(1),
      runLogLock: yield* Semaphore.make(1),
      staged: new Set(),
    }
    return undefined
  }, Semaphore.withPermit(preparing))

  const whenPrepared = <A, E, R>(use: (writing: CsvWriting) => Effect.Effect<A, E, R>) =>
    Effect.suspend((): Effect.Effect<A, E | ArchiveUnusable, R> =>
      writing !== undefined
        ? use(writing)
        : Effect.fail(options.access === "read" ? openedForReading(root) : notPrepared(root)),
    )
  const write = (lock: Semaphore.Semaphore, doing: string, work: () => Promise<void>) =>
    lock.withPermit(Effect.uninterruptible(fileWork(root, doing, work)))

  const storedLedger = rememberLedger(folder, dialect)
  const ledgerDays = async () => writing?.ledger.days ?? (await storedLedger())

  return Archive.of({
    place: root,
    timeZone,
    prepare,
    ledger: (range) => fileWork(root, "reading ledger.csv", async () => within(await ledgerDays(), range)),
    stageDay: (workDate, { runId }, options) =>
      whenPrepared((writing) => stageCsvDay(writing, workDate, runId, options)),
    recordFailure: (workDate, { runId }, error) =>
      whenPrepared(({ ledger, ledgerLock }) =>
        write(ledgerLock, `recording the failure of ${workDate}`, () =>
          ledger.replaceDays([failedDay(ledger.get(workDate), workDate, runId, error)]),
        ),
      ),
    reopen: (workDates) =>
      whenPrepared(({ ledger, ledgerLock }) =>
        write(ledgerLock, "reopening days", () => ledger.replaceDays(reopened(ledger, workDates))),
      ),
    openEncodings: (query) =>
      fileWork(root, "reading the open encodings", async () =>
        readOpenEncodings(await committedFolder(folder), dialect, await ledgerDays(), query),
      ).pipe(Effect.retry(whileFilesArePut)),
    rejectReasons: fileWork(root, "counting the rejects", async () =>
      countRejectReasons(await committedFolder(folder), dialect, await ledgerDays()),
    ),
    anomalies: (from) =>
      fileWork(root, "counting the anomalies", async () => {
        const days = (await ledgerDays()).filter(({ workDate }) => workDate >= from)
        return countAnomalies(await committedFolder(folder), dialect, days)
      }),
    sizes: fileWork(root, "measuring its size", async () => sizesOf(folder)),
    rowCounts: ({ from, before }) =>
      fileWork(root, "counting the rows", async () => {
        const dates = (await heldDates(folder, await ledgerDays())).filter(
          (date) => date >= from && date < before,
        )
        return countRows(await committedFolder(folder), dialect, dates)
      }),
    heldDates: fileWork(root, "looking for its days", async () => heldDates(folder, await ledgerDays())),
    lookAtDay: (workDate, see) =>
      fileWork(root, `looking at ${workDate}`, async () =>
        lookAtDay(await committedFolder(folder), dialect, workDate, see),
      ),
    facts: fileWork(root, "reading archive.json", () => readFacts(folder)),
    keepFacts: (facts) =>
      whenPrepared(({ settingsLock }) =>
        write(settingsLock, "writing archive.json", () => keepFacts(folder, facts)),
      ),
    startRun: (run) =>
      whenPrepared(({ runLogLock }) =>
        write(runLogLock, "recording the run", () => appendRunStart(folder, run)),
      ),
    finishRun: (runId, end) =>
      whenPrepared(({ runLogLock }) =>
        write(runLogLock, "recording the end of the run", () => appendRunEnd(folder, runId, end)),
      ),
    runs: (limit) => fileWork(root, "reading runs.ndjson", () => readRuns(folder, limit)),
  })
})

/** A day is two files, which do not belong together for the moment in which its commit puts them into place. */
const whileFilesArePut = { schedule: Schedule.spaced("100 millis"), times: 3 }

const holdLock = Effect.fnUntraced(function* (folder: ArchiveFolder) {
  const now = yield* Clock.currentTimeMillis
  return yield* Effect.acquireRelease(
    Effect.tryPromise({
      try: async () => {
        makeFolder(folder.root)
        const lock = await takeWriterLock(folder.lock, now)
        if (lock._tag === "Held") throw heldBy(folder.root, lock.by)
        return lock
      },
      catch: cannotOpen(folder.root, "write"),
    }),
    // A lock that cannot be removed any more is taken over once this process has ended.
    (lock) => Effect.promise(() => lock.release().catch(() => undefined)),
  )
})

/** Those of the days that are closed, as open ones. */
const reopened = (ledger: CsvLedger, workDates: ReadonlyArray<string>): ReadonlyArray<LedgerDay> =>
  workDates.flatMap((workDate) => {
    const day = ledger.get(workDate)
    return day?.state === "closed" ? [{ ...day, state: "open" }] : []
  })

const within = (
  days: ReadonlyArray<LedgerDay>,
  range: { readonly from: string; readonly before: string } | undefined,
): ReadonlyArray<LedgerDay> =>
  range === undefined
    ? days
    : days.filter(({ workDate }) => workDate >= range.from && workDate < range.before)
