/**
 * Reads and loads the planned days: each is read, proven, normalised, merged and accounted for by itself, so that one that
 * fails stops none of the others. A few days are in flight at once: while one loads, the next is read.
 */
import * as Effect from "effect/Effect"
import type { ReadReason } from "@vodstation-etl/core/Plan"
import { reasonToRead } from "@vodstation-etl/core/Plan"
import type { PlannedDay } from "@vodstation-etl/core/Plan"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { DayReader } from "@vodstation-etl/extract/DayReader"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { Archive } from "@vodstation-etl/load/Archive"
import { Progress } from "./Progress.ts"
import type { Problem, RunTally } from "./RunReport.ts"

/** Days that are read or loaded at the same time: one is read while the other is merged. Each holds rows in memory. */
const daysInFlight = 2

/** Loads the days in their order, counting into `tally`; fails only with what ends the whole run, since every further day would end in it too. */
export const loadDays = Effect.fn("loadDays")(function* (
  days: ReadonlyArray<PlannedDay>,
  runId: string,
  tally: RunTally,
) {
  yield* Effect.forEach(days, (planned) => loadDay(planned, runId, tally), {
    concurrency: daysInFlight,
    discard: true,
  })
})

const loadDay = Effect.fn("loadDay")(function* (planned: PlannedDay, runId: string, tally: RunTally) {
  const { date } = planned.day
  const archive = yield* Archive
  const progress = yield* Progress
  yield* Effect.annotateCurrentSpan({ day: date })
  if (yield* closedMeanwhile(date, planned.reason)) {
    tally.skipped()
    yield* progress.dayEnded(date, false)
    return
  }
  yield* progress.dayStarted(date)
  const failed = yield* mergeDay(planned, runId, tally).pipe(
    Effect.as(false),
    Effect.catchTag(dayErrors, (error) =>
      Effect.gen(function* () {
        const problem: Problem = { day: date, error: error._tag, message: error.message }
        yield* archive.recordFailure(date, { runId }, `${problem.error}: ${problem.message}`)
        tally.failed(problem)
        yield* progress.say(`${date} failed: ${problem.message}`)
        return true
      }),
    ),
  )
  yield* progress.dayEnded(date, failed)
})

/** Errors of a day: the other days may well succeed. */
const dayErrors = [
  "SliceUnproven",
  "AnswerUnreadable",
  "BadRequest",
  "ClockOff",
  "GatewayBroken",
  "NetworkFailed",
  "Throttled",
] as const

/** Another run may have closed the day since the plan was made. */
const closedMeanwhile = Effect.fnUntraced(function* (date: string, reason: ReadReason) {
  const archive = yield* Archive
  const [entry] = yield* archive.ledger({ from: date, before: addDays(date, 1) })
  return reasonToRead(entry, reason === "refresh") === undefined
})

const mergeDay = Effect.fnUntraced(function* ({ day }: PlannedDay, runId: string, tally: RunTally) {
  const archive = yield* Archive
  const reader = yield* DayReader
  const gateway = yield* Gateway
  const progress = yield* Progress
  const staged = yield* archive.stageDay(day.date, { runId })
  const reading = yield* reader.read(day, (rows, rejects) => {
    const came = rows.length + rejects.length
    return staged
      .add(rows, rejects)
      .pipe(
        Effect.andThen(progress.rowsCame(day.date, came)),
        Effect.andThen(Effect.flatMap(gateway.stats, progress.asked)),
      )
  })
  // A day that is committed is counted, even if the run is stopped in between.
  yield* Effect.uninterruptible(
    Effect.map(staged.commit(reading), (commit) =>
      commit._tag === "Merged" ? tally.loaded(reading, commit.state, commit.counts) : tally.skipped(),
    ),
  )
}, Effect.scoped)
