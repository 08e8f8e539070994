/**
 * A run: reads and loads the days of a plan, and accounts for it in the archive and in a report, however it ends. Before
 * anything is written, one request shows whether the gateway accepts the credentials.
 */
import { randomUUID } from "node:crypto"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type { Plan } from "@vodstation-etl/core/Plan"
import type { Outcome, RunStart } from "@vodstation-etl/core/RunRecord"
import type { BaseUrl } from "@vodstation-etl/extract/baseUrl"
import { hostname } from "@vodstation-etl/extract/baseUrl"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import { Archive } from "@vodstation-etl/load/Archive"
import type { RunEndedEarly } from "./exitCode.ts"
import { rememberFacts, turnWindows } from "./gatewayFacts.ts"
import { loadDays } from "./loadDays.ts"
import { aboutLogs } from "./logLayer.ts"
import { Progress } from "./Progress.ts"
import type { RunReport } from "./RunReport.ts"
import { runReport, RunTally } from "./RunReport.ts"
import { version } from "./version.ts"

export interface FinishedRun {
  readonly report: RunReport
  /** The error that ended the run before its days were through. */
  readonly stopper: { readonly _tag: string; readonly message: string } | undefined
}

/** Longest time that an interrupted run takes to account for itself. */
const lastWords = "5 seconds"

export const runPlan = Effect.fnUntraced(function* (
  command: RunStart["command"],
  plan: Plan,
  url: BaseUrl,
  options: RunStart["options"],
  /** Tells how the run ended; not to be interrupted, so that an interrupted run is reported as well. */
  tell: (run: FinishedRun) => Effect.Effect<void, RunEndedEarly>,
) {
  const archive = yield* Archive
  const progress = yield* Progress
  const start: RunStart = {
    runId: randomUUID(),
    command,
    startedAt: yield* Clock.currentTimeMillis,
    options,
    version,
  }
  const tally = new RunTally()
  if (plan.read.length === 0) {
    tally.planned(0, plan.skipped.length)
    return yield* tell(yield* account(start, tally, Exit.void, false))
  }

  const list = yield* StatusList
  // The gateway answers only for credentials that it accepts; its answer also sets our clock.
  const areWindows = yield* list.areWindows(list.windows())
  // The plan may be by this machine's clock; a day that has not begun would be loaded as one that nobody read.
  const now = yield* (yield* Gateway).now
  const days = plan.read.filter(({ day }) => day.start <= now)
  tally.planned(days.length, plan.skipped.length)
  yield* archive.prepare(hostname(url))
  const run = archive.startRun(start).pipe(
    Effect.andThen(progress.begin(days.length)),
    Effect.andThen(areWindows ? Effect.void : turnWindows(start.runId)),
    Effect.andThen(loadDays(days, start.runId, tally)),
    Effect.flatMap((joined) => rememberFacts(joined, start.runId)),
  )
  // Whatever a run begins it also ends in the archive's records, however it is stopped.
  return yield* Effect.uninterruptibleMask((restore) =>
    restore(run).pipe(
      Effect.exit,
      Effect.tap(() => progress.end),
      Effect.flatMap((exit) => account(start, tally, exit, true)),
      aboutLogs({ run: start.runId }),
      Effect.flatMap(tell),
    ),
  )
})

const account = Effect.fnUntraced(function* (
  start: RunStart,
  tally: RunTally,
  exit: Exit.Exit<void, { readonly _tag: string; readonly message: string }>,
  recorded: boolean,
) {
  const archive = yield* Archive
  const gateway = yield* Gateway
  // An error that is none of ours is a mistake in the program, and ends as one.
  if (Exit.isFailure(exit) && Cause.hasDies(exit.cause)) return yield* Effect.die(Cause.squash(exit.cause))
  const stopper =
    Exit.isFailure(exit) && !Cause.hasInterruptsOnly(exit.cause) ? stopperOf(exit.cause) : undefined
  const outcome: Outcome =
    stopper !== undefined
      ? outcomeOfStopper(stopper._tag)
      : Exit.isFailure(exit)
        ? "interrupted"
        : tally.isIncomplete
          ? "incomplete"
          : "complete"
  if (stopper !== undefined) {
    tally.stopped({ day: null, error: stopper._tag, message: stopper.message })
    yield* Effect.logError(stopper.message).pipe(aboutLogs({ error: stopper._tag }))
  }
  const end = tally.end(outcome, yield* Clock.currentTimeMillis, yield* gateway.stats)
  if (recorded) {
    // The archive may be what failed; its own record is then the last thing to insist on.
    yield* archive.finishRun(start.runId, end).pipe(Effect.timeout(lastWords), Effect.ignore)
  }
  yield* Effect.annotateCurrentSpan({
    run: start.runId,
    outcome,
    ...flat("days", end.days),
    ...flat("rows", end.rows),
    requests: end.requests,
    retries: end.retries,
  })
  const finished: FinishedRun = { report: runReport(start, end, tally.problems), stopper }
  return finished
})

/** Counts as attributes of a span: `rows.inserted`. */
const flat = (name: string, counts: object) =>
  Object.fromEntries(Object.entries(counts).map(([kind, count]) => [`${name}.${kind}`, count]))

const stopperOf = (cause: Cause.Cause<{ readonly _tag: string; readonly message: string }>) =>
  cause.reasons.filter(Cause.isFailReason)[0]?.error

/** Spent quota is no failure of the run: it goes on when there is quota again. */
const outcomeOfStopper = (tag: string): Outcome => (tag === "QuotaSpent" ? "incomplete" : "failed")
