/**
 * How many requests may be under way at once, and how fast they may follow each other: shared by all callers of one gateway.
 * A permit is held for one attempt, its turn included, and never while a retry waits. What is decided is in
 * `AdaptiveLimit.ts` and `Pace.ts`.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Exit from "effect/Exit"
import * as Semaphore from "effect/Semaphore"
import type { AttemptOutcome } from "./AdaptiveLimit.ts"
import { AdaptiveLimit } from "./AdaptiveLimit.ts"
import { Pace } from "./Pace.ts"
import { PermitQueue } from "./PermitQueue.ts"

export interface RequestLimitOptions {
  /** The most requests under way at once, however much the gateway bears. */
  readonly ceiling: number
  /** The most requests in a second; undefined for no such limit. */
  readonly perSecond: number | undefined
}

export interface RequestLimit {
  /**
   * Runs one attempt as soon as it is its turn: who asks about the earliest time is served first.
   *
   * @param time what is asked about begins then, epoch ms
   * @param outcomeOf what the attempt's end shows of what the gateway bears
   */
  readonly run: <A, E, R>(
    time: number,
    attempt: Effect.Effect<A, E, R>,
    outcomeOf: (exit: Exit.Exit<A, E>) => AttemptOutcome,
  ) => Effect.Effect<A, E, R>
}

export const makeRequestLimit = Effect.fnUntraced(function* (
  options: RequestLimitOptions,
): Effect.fn.Return<RequestLimit> {
  const limit = new AdaptiveLimit(options.ceiling)
  const permits = new PermitQueue(limit.limit)
  const pace = new Pace()
  // One waits for its turn at a time, so that one who gives up while waiting has taken nobody's turn.
  const turns = yield* Semaphore.make(1)
  const leastIntervalMs = options.perSecond === undefined ? 0 : 1_000 / options.perSecond

  const turn = turns.withPermit(
    Effect.flatMap(monotonicMs, (now) => {
      const waitMs = pace.waitMs(now)
      const begin = Effect.map(monotonicMs, (now) =>
        pace.begins(now, Math.max(leastIntervalMs, limit.spacingMs)),
      )
      return waitMs > 0 ? Effect.andThen(Effect.sleep(waitMs), begin) : begin
    }),
  )
  const paced = Effect.suspend(() => (leastIntervalMs > 0 || limit.spacingMs > 0 ? turn : Effect.void))

  const resized = (before: number) =>
    limit.limit === before
      ? Effect.void
      : Effect.andThen(
          permits.resize(limit.limit),
          Effect.logDebug(`Up to ${limit.limit} requests at once from now on.`),
        )

  const run: RequestLimit["run"] = (time, attempt, outcomeOf) =>
    permits.withPermit(
      time,
      Effect.andThen(
        paced,
        Effect.acquireUseRelease(
          Effect.map(monotonicMs, (now) => limit.started(now)),
          () => attempt,
          (running, exit) =>
            Effect.flatMap(monotonicMs, (now) => {
              const before = limit.limit
              limit.ended(running, now, outcomeOf(exit))
              return resized(before)
            }),
        ),
      ),
    )

  return { run }
})

/** By a clock that is never set back, with fractions. */
const monotonicMs = Effect.map(Clock.monotonicTimeNanos, (nanos) => Number(nanos) / 1e6)
