/**
 * How many requests may be under way at once, shared by all callers of one gateway. A permit is held for one attempt and
 * never while a retry waits. A fixed number today; whoever adapts it to what the gateway bears does it here, where every
 * attempt's end is seen.
 */
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"

export interface RequestLimit {
  /** Runs one attempt as soon as there is a permit for it; callers are served in the order they came. */
  readonly run: <A, E, R>(attempt: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R>
}

export const makeRequestLimit = (concurrency: number): Effect.Effect<RequestLimit> =>
  Effect.map(Semaphore.make(concurrency), (semaphore) => ({ run: semaphore.withPermits(1) }))
