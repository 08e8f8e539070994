/**
 * How well reading and loading overlap, in virtual time: the program's own `loadDays` between a gateway that only waits and
 * an archive that only waits. No CPU is in it, so that it comes out the same on every machine, however busy: what is
 * lost here is lost to the order in which things are done.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Semaphore from "effect/Semaphore"
import * as TestClock from "effect/testing/TestClock"
import { addDays, timeZone, workDays } from "@vodstation-etl/core/WorkDay"
import { DayReader } from "@vodstation-etl/extract/DayReader"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import { loadDays } from "@vodstation-etl/runner/loadDays"
import { Progress } from "@vodstation-etl/runner/Progress"
import { RunTally } from "@vodstation-etl/runner/RunReport"
import { discardingArchive } from "./discardingArchive.ts"

export interface PipelineShape {
  readonly latencyMs: number
  /** What the commit of a day takes, ms. */
  readonly commitMs: number
}

const firstDay = "2026-01-01"
const days = 32
/** Twelve pages and a half, as days of 12,500 rows have with pages of 1,000. */
const rowsPerDay = 1_250
const pageSize = 100
const concurrency = 8
/** As many as the machine is thought to have cores. */
const commitsAtOnce = 2
const msPerDay = 86_400_000
const later = Date.parse("2026-06-01T00:00:00Z")

/** The requests that a full line takes, ms: as many under way at any time as there may be. */
export const fullLineMs = ({ latencyMs }: PipelineShape): number =>
  (days * (Math.ceil(rowsPerDay / pageSize) + 1) * latencyMs) / concurrency

/** What loading the days takes, ms of virtual time. */
export const pipelineMs = (shape: PipelineShape): Promise<number> =>
  Effect.gen(function* () {
    const startedAt = yield* Clock.currentTimeMillis
    const tally = new RunTally()
    const range = workDays(firstDay, addDays(firstDay, days), Option.getOrThrow(timeZone("Asia/Seoul")))
    const loading = yield* loadDays(
      range.map((day) => ({ day, reason: "new" })),
      "a run",
      tally,
    ).pipe(Effect.andThen(Clock.currentTimeMillis), Effect.forkChild)
    yield* letTimePass(loading)
    const { closed } = tally.end("complete", 0, { requests: 0, retries: 0 }).days
    if (closed !== days) return yield* Effect.die(new Error(`only ${closed} days closed`))
    return (yield* Fiber.join(loading)) - startedAt
  }).pipe(Effect.provide(layersOf(shape)), Effect.scoped, Effect.runPromise)

const step = Duration.millis(5)
/** More than any chain of fibers that wake each other at one moment. */
const turns = 60

const letTimePass = Effect.fnUntraced(function* (loading: Fiber.Fiber<number, unknown>) {
  for (let turn = 0; loading.pollUnsafe() === undefined; turn++) {
    yield* turn % turns === 0 && turn > 0 ? TestClock.adjust(step) : Effect.yieldNow
  }
})

const layersOf = ({ latencyMs, commitMs }: PipelineShape) =>
  Layer.unwrap(
    Effect.map(Semaphore.make(commitsAtOnce), (commits) =>
      DayReader.layer({ resolution: undefined, settle: Duration.hours(1), concurrency }).pipe(
        Layer.provideMerge(StatusList.layer({ pageSize })),
        Layer.provideMerge(waitingGateway(latencyMs)),
        Layer.provideMerge(discardingArchive(commits.withPermits(1)(waitFor(commitMs)))),
        Layer.provideMerge(Progress.layer),
        Layer.provideMerge(TestClock.layer()),
      ),
    ),
  )

const waitFor = (ms: number): Effect.Effect<void> => (ms === 0 ? Effect.void : Effect.sleep(ms))

/** Days with as many rows each, evenly spread, and nothing long ago. */
const waitingGateway = (latencyMs: number) =>
  Layer.effect(
    Gateway,
    Effect.map(Semaphore.make(concurrency), (limit) =>
      Gateway.of({
        statusPage: ({ pageNo, pageSizeNo, from, to }) =>
          Effect.map(limit.withPermits(1)(waitFor(latencyMs)), () => {
            const total =
              to < Date.parse(firstDay) - msPerDay ? 0 : Math.round((rowsPerDay * (to + 1 - from)) / msPerDay)
            const rows = Math.max(0, Math.min(pageSizeNo, total - (pageNo - 1) * pageSizeNo))
            return {
              answer: {
                total,
                rowCount: rows,
                identities: undefined,
                parseRows: () =>
                  Array.from({ length: rows }, (_, row) => ({
                    categoryId: 1,
                    filePath: `${from}/${pageNo}/${row}`,
                    status: "COMPLETE",
                  })),
                rowText: () => "",
              },
              at: later,
              attempts: 1,
            }
          }),
        statistic: () => Effect.die(new Error("nobody asks for statistics here")),
        now: Effect.succeed(later),
        stats: Effect.succeed({ requests: 0, retries: 0 }),
      }),
    ),
  )
