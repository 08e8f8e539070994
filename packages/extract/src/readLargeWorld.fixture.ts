/**
 * Reads the middle one of three days of a large world from the simulator, with the real client and reader, over HTTP on
 * loopback, and joins it to its neighbours as a run does: what came, and what is true of it.
 */
import { Duration, Effect, Layer, Logger, Option } from "effect"
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import type { DayReading } from "@vodstation-etl/core/Reading"
import { timeZone, type WorkDay, workDays } from "@vodstation-etl/core/WorkDay"
import { type RunningSimulator, startSimulator } from "@vodstation-etl/simulator/Simulator"
import { calibrate, coarserGrain, findBrokenSeam } from "./calibrate.ts"
import { checkSeam } from "./checkSeam.ts"
import { DayReader } from "./DayReader.ts"
import type { GatewayError } from "./GatewayError.ts"
import type { LargeWorld } from "./largeWorld.arbitrary.ts"
import { LargeTruth } from "./LargeTruth.fixture.ts"
import { PartsDisagree } from "./PartsDisagree.ts"
import { gatewayLayer } from "./scriptedGateway.fixture.ts"
import { credentialsOf } from "./simulatedGateway.fixture.ts"
import type { SliceUnproven } from "./SliceUnproven.ts"
import { StatusList } from "./StatusList.ts"
import { sameWindows } from "./WindowFacts.ts"

export interface LargeReading {
  readonly reading: DayReading
  readonly rows: ReadonlyArray<Encoding>
  readonly rejects: ReadonlyArray<Reject>
  /** Whether the day joins both of its neighbours. */
  readonly joined: boolean
}

export interface LargeOutcome {
  readonly read: LargeReading | undefined
  /** Why the day failed. */
  readonly failure: SliceUnproven | PartsDisagree | GatewayError | undefined
  readonly truth: LargeTruth
  readonly requests: number
  /** The start of the day, epoch ms. */
  readonly from: number
}

const days = workDays("2025-09-01", "2025-09-04", Option.getOrThrow(timeZone("Asia/Seoul")))
const [before, day, after] = days as [WorkDay, WorkDay, WorkDay]
const sliceOf = ({ start, end }: WorkDay) => ({ from: start, before: end })

/** How often a day is read where it turns out that windows are understood otherwise. */
const mostReadings = 3

/** Retries at once, and long enough that no fault that passes ends a run. */
const patientLimits = { attempts: 60, baseDelayMs: 1, maxDelayMs: 4, totalMs: 60_000, maxRetryAfterMs: 1_000 }

export const readLargeWorld = (large: LargeWorld): Promise<LargeOutcome> =>
  Effect.gen(function* () {
    const simulator = yield* startSimulator({
      firstDay: before.date,
      days: days.length,
      rowsPerDay: (index) => (index === 1 ? large.rows : 40),
      seed: large.seed,
      now: Date.now() + large.skew,
      clock: "ticking",
      ...large.world,
      ...large.gateway,
      ...large.windows,
      ...saturation(large),
    })
    const truth = new LargeTruth(simulator.world, day, large)
    simulator.setOptions({ onRequest: ({ number }) => truth.move(number) })
    const read = yield* readJoined.pipe(Effect.provide(layersFor(simulator, large)), Effect.result)
    return {
      read: read._tag === "Success" ? read.success : undefined,
      failure: read._tag === "Failure" ? read.failure : undefined,
      truth,
      requests: simulator.stats().requests,
      from: day.start,
    }
  }).pipe(Effect.provide(Logger.layer([])), Effect.scoped, Effect.runPromise)

const saturation = ({ saturatedPages, pageSize, gateway }: LargeWorld) =>
  saturatedPages === undefined
    ? {}
    : { totalSaturatesAt: saturatedPages * Math.min(pageSize, gateway.pageCap ?? pageSize) }

const layersFor = (simulator: RunningSimulator, large: LargeWorld) => {
  const { resolution, concurrency, pageSize } = large
  return DayReader.layer({ resolution, concurrency, settle: Duration.hours(1) }).pipe(
    Layer.provideMerge(StatusList.layer({ pageSize })),
    Layer.provideMerge(
      gatewayLayer(simulator.baseUrl, { concurrency, retryLimits: patientLimits }, credentialsOf(simulator)),
    ),
  )
}

/** Reads the day, and once more where its seams have shown that it was asked for in a wrong way. */
const readJoined = Effect.gen(function* () {
  const list = yield* StatusList
  // As every run begins: the gateway's clock is known after one answer.
  yield* list.total(sliceOf(before))
  for (let left = mostReadings; ; left--) {
    const asked = list.windows()
    const read = yield* readOnce.pipe(
      Effect.catchTag("PartsDisagree", (disagree) =>
        Effect.gen(function* () {
          const seam = yield* findBrokenSeam(list, disagree)
          const found = (yield* calibrate(list, seam)) ?? coarserGrain(list.windows())
          if (left === 1 || found === undefined) return yield* disagree
          list.learnWindows(found)
          return undefined
        }),
      ),
    )
    if (read === undefined) continue
    const verdicts = []
    for (const seam of [
      { left: sliceOf(before), right: sliceOf(day), own: "right" },
      { left: sliceOf(day), right: sliceOf(after), own: "left" },
    ] as const) {
      const isAsRead = sameWindows(list.windows(), asked)
      const told = {
        left: undefined,
        right: undefined,
        ...(isAsRead ? { [seam.own]: read.reading.apiTotal } : {}),
      }
      const verdict = yield* checkSeam(list, { ...seam, told })
      verdicts.push(verdict)
      if (verdict !== "broken" || left === 1) continue
      const found = yield* calibrate(list, seam)
      if (found !== undefined) list.learnWindows(found)
    }
    if (left === 1 || sameWindows(list.windows(), asked)) {
      return { ...read, joined: verdicts.every((verdict) => verdict === "holds") } satisfies LargeReading
    }
  }
})

const readOnce = Effect.gen(function* () {
  const rows: Array<Encoding> = []
  const rejects: Array<Reject> = []
  const reading = yield* (yield* DayReader).read(day, {
    take: (taken, refused) =>
      Effect.sync(() => {
        rows.push(...taken)
        rejects.push(...refused)
      }),
  })
  return { reading, rows, rejects }
})
