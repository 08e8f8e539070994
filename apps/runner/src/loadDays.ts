/**
 * Reads and loads the planned days: each is read, proven, normalised, merged and accounted for by itself, so that one that
 * fails stops none of the others. A few days are in flight at once: while one loads, the next is read.
 */
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { ReadReason } from "@vodstation-etl/core/Plan"
import { reasonToRead } from "@vodstation-etl/core/Plan"
import type { PlannedDay } from "@vodstation-etl/core/Plan"
import type { Reading } from "@vodstation-etl/core/Reading"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { DayReader } from "@vodstation-etl/extract/DayReader"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import type { WindowFacts } from "@vodstation-etl/extract/WindowFacts"
import { sameWindows } from "@vodstation-etl/extract/WindowFacts"
import type { StagedDay } from "@vodstation-etl/load/Archive"
import { Archive } from "@vodstation-etl/load/Archive"
import type { DaySeams } from "./DaySeams.ts"
import { makeDaySeams } from "./DaySeams.ts"
import { gatewayDayErrors } from "./dayErrors.ts"
import { brokenSeam, dayHasShrunk, loadedInPart, outdatedReading } from "./dayProblems.ts"
import { aboutLogs } from "./logLayer.ts"
import { markBeginning } from "./markBeginning.ts"
import { Progress } from "./Progress.ts"
import { retryLostDay } from "./retryLostDay.ts"
import type { Problem, RunTally } from "./RunReport.ts"

/**
 * Days that are read at the same time: while one's first page is on its way, which tells what else to ask for, or its last
 * ones are, the others keep requests under way. The earliest is served first (extract, `PermitQueue`).
 */
export const daysInReading = 5

/** Days that are read, wait for their neighbours or are merged at the same time. Each holds rows in memory. */
export const daysInFlight = 7

/** How often a day is read in one run, where it turns out meanwhile that windows are understood otherwise. */
const mostReadings = 3

/** What the days of a run share. */
interface Run {
  readonly runId: string
  readonly tally: RunTally
  readonly seams: DaySeams
  readonly inReading: Semaphore.Semaphore
}

/**
 * Loads the days in their order, counting into `tally`; fails only with what ends the whole run, since every further day
 * would end in it too. Gives whether a day has joined its neighbours.
 */
export const loadDays = Effect.fnUntraced(function* (
  planned: ReadonlyArray<PlannedDay>,
  runId: string,
  tally: RunTally,
) {
  // A day waits for the total of the next one, which must not be further down.
  const days = planned.toSorted((a, b) => a.day.start - b.day.start)
  const ledger = yield* (yield* Archive).ledger()
  const seams = yield* makeDaySeams(days, ledger, runId)
  const run: Run = { runId, tally, seams, inReading: yield* Semaphore.make(daysInReading) }
  const [first] = days
  if (first !== undefined && ledger.length === 0) yield* markBeginning(first.day, runId)
  yield* Effect.forEach(
    days,
    (planned) => retryLostDay(loadDay(planned, run)).pipe(aboutLogs({ day: planned.day.date })),
    {
      concurrency: daysInFlight,
      discard: true,
    },
  )
  return run.seams.haveHeld()
})

const loadDay = Effect.fn("day")(function* (planned: PlannedDay, run: Run) {
  const { runId, tally, seams } = run
  const { date } = planned.day
  const archive = yield* Archive
  const progress = yield* Progress
  yield* Effect.annotateCurrentSpan({ day: date, reason: planned.reason })
  if (yield* closedMeanwhile(date, planned.reason)) {
    tally.skipped()
    yield* Effect.annotateCurrentSpan({ outcome: "skipped" })
    yield* seams.know(planned.day, undefined)
    yield* progress.dayEnded(date)
    return
  }
  yield* progress.dayStarted(date)
  yield* readAndMerge(planned, run).pipe(
    Effect.catchTag(dayErrors, (error) =>
      Effect.gen(function* () {
        const problem: Problem = { day: date, error: error._tag, message: error.message }
        yield* seams.know(planned.day, undefined)
        yield* archive.recordFailure(date, { runId }, `${problem.error}: ${problem.message}`)
        tally.failed(problem)
        yield* Effect.annotateCurrentSpan({ outcome: "failed", error: problem.error })
        yield* Effect.logError(`${date} failed: ${problem.message}`).pipe(aboutLogs({ error: problem.error }))
      }),
    ),
  )
  yield* progress.dayEnded(date)
})

/** Errors of a day: the other days may well succeed. */
const dayErrors = [
  "SliceUnproven",
  "PartsDisagree",
  "GatewayChanged",
  "FileDamaged",
  ...gatewayDayErrors,
] as const

/** Another run may have closed the day since the plan was made. */
const closedMeanwhile = Effect.fnUntraced(function* (date: string, reason: ReadReason) {
  const archive = yield* Archive
  const [entry] = yield* archive.ledger({ from: date, before: addDays(date, 1) })
  return reasonToRead(entry, reason === "refresh" || reason === "differs") === undefined
})

/** Reads the day and merges it; once more where it was asked for in a way that was found to be wrong meanwhile. */
const readAndMerge = Effect.fnUntraced(function* (planned: PlannedDay, run: Run) {
  for (let reading = 1; ; reading++) {
    const asked = (yield* StatusList).windows()
    const mayAskAgain = reading < mostReadings
    const isMerged = yield* mergeDay(planned, run, asked, mayAskAgain).pipe(
      Effect.catchTag("PartsDisagree", (disagree) =>
        Effect.gen(function* () {
          if (!mayAskAgain || !(yield* run.seams.repair(disagree, asked))) return yield* disagree
          return false
        }),
      ),
    )
    if (isMerged) return
  }
})

/** Whether the day was merged: it is not where its seams have shown that it must be asked for in another way. */
const mergeDay = Effect.fnUntraced(function* (
  { day, reason }: PlannedDay,
  { runId, tally, seams, inReading }: Run,
  asked: WindowFacts,
  mayAskAgain: boolean,
) {
  const archive = yield* Archive
  const reader = yield* DayReader
  const gateway = yield* Gateway
  const list = yield* StatusList
  const progress = yield* Progress
  const staged = yield* archive.stageDay(
    day.date,
    { runId },
    { compare: reason === "differs" ? "always" : undefined },
  )
  const reading = yield* inReading.withPermits(1)(
    reader.read(day, {
      take: (rows, rejects) => {
        const came = rows.length + rejects.length
        return Effect.andThen(staged.add(rows, rejects), progress.rowsCame(came))
      },
      page: ({ isWholeDay, total }) =>
        progress
          .pageCame(day.date, isWholeDay ? Math.ceil(total / list.pageSize()) : undefined)
          .pipe(Effect.andThen(Effect.flatMap(gateway.stats, progress.asked))),
      total: (total) => seams.know(day, total),
    }),
  )
  yield* seams.know(day, reading.apiTotal, asked)
  // Of a day that cannot close yet as well: it is to hold its rows at the borders all the same.
  const joined = reading.settled ? yield* seams.check(day) : undefined
  const isBroken = joined?.verdict === "broken" && joined.seam !== undefined
  if (mayAskAgain && isBroken && (yield* seams.repair(joined.seam, asked))) return false
  if (mayAskAgain && !sameWindows(list.windows(), asked)) return false
  // A day that is committed is counted, even if the run is stopped in between.
  yield* Effect.uninterruptible(
    Effect.gen(function* () {
      const commit = yield* merge(staged, { ...reading, seamsHold: joined?.verdict === "holds" })
      if (isBroken) yield* doubt(brokenSeam(day.date, joined.seam), tally)
      if (commit._tag === "Outdated") return yield* dropped(day.date, reason, tally)
      tally.loaded(reading, commit.state, commit.counts)
      yield* Effect.annotateCurrentSpan({
        outcome: commit.state,
        proof: reading.proof,
        rows: reading.rowCount,
        rejected: reading.rejectedRows,
        pages: reading.pages,
        requests: reading.requests,
      })
      const doubts = [
        loadedInPart(reading),
        commit.shrunk === null ? undefined : dayHasShrunk(day.date, commit.shrunk),
      ]
      yield* Effect.forEach(doubts, (problem) =>
        problem === undefined ? Effect.void : doubt(problem, tally),
      )
    }),
  )
  return true
}, Effect.scoped)

const merge = Effect.fn("merge")(function* (staged: StagedDay, reading: Reading) {
  const commit = yield* staged.commit(reading)
  yield* Effect.annotateCurrentSpan({
    day: reading.workDate,
    ...(commit._tag === "Outdated" ? { outcome: "outdated" } : { outcome: commit.state, ...commit.counts }),
  })
  return commit
})

/** The archive holds a later reading of the day than this one. */
const dropped = Effect.fnUntraced(function* (day: string, reason: ReadReason, tally: RunTally) {
  tally.skipped()
  yield* Effect.annotateCurrentSpan({ outcome: "skipped" })
  const [entry] = yield* (yield* Archive).ledger({ from: day, before: addDays(day, 1) })
  const now = yield* (yield* Gateway).now
  const problem = outdatedReading({ day, reason, storedAt: entry?.readAt ?? now, now })
  if (problem !== undefined) yield* doubt(problem, tally)
})

const doubt = Effect.fnUntraced(function* (problem: Problem, tally: RunTally) {
  tally.doubted(problem)
  yield* Effect.logWarning(problem.message).pipe(aboutLogs({ error: problem.error }))
})
