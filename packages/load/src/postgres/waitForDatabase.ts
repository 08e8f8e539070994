/**
 * A statement that can be run again after its connection was lost, since running it twice is as running it once, waits for
 * the database to be back: a restart or a failover costs time, and not the run. What a transaction of several statements had
 * begun is gone with its connection, and is begun again by whoever began it.
 */
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { PostgresError } from "./PostgresError.ts"

/** How long a database that went away is waited for: a restart takes seconds, a failover up to a minute. */
const patience = Duration.minutes(1)

const isLost = (error: PostgresError) => error.connectionLost
const between = "250 millis"

/** Says once that it waits, however many statements do; once it has waited in vain, it waits no more. */
export const makeWaitForDatabase = (place: string) => {
  let waiting = 0
  let inVain = false

  const begin = (lost: PostgresError) =>
    Effect.suspend(() =>
      waiting++ > 0
        ? Effect.void
        : Effect.logWarning(
            `${place}: the database cannot be reached (${lost.reason}). Waiting for it, up to ${Duration.format(patience)}.`,
          ),
    )
  const end = Effect.sync(() => {
    waiting--
  })
  const giveUp = Effect.fnUntraced(function* (last: PostgresError, began: number) {
    inVain = true
    const seconds = Math.round(((yield* Clock.currentTimeMillis) - began) / 1000)
    return yield* new PostgresError({
      code: last.code,
      reason: `the connection was lost, and there was no other for ${seconds} s (${last.reason})`,
      // Whoever tried again now would only wait once more.
      connectionLost: false,
    })
  })

  const wait = Effect.fnUntraced(function* <A, R>(
    statement: Effect.Effect<A, PostgresError, R>,
    lost: PostgresError,
  ) {
    if (inVain) return yield* lost
    const began = yield* Clock.currentTimeMillis
    const again = Effect.retry(statement, {
      while: isLost,
      schedule: Schedule.spaced(between).pipe(Schedule.upTo({ duration: patience })),
    })
    return yield* Effect.acquireUseRelease(
      begin(lost),
      () => Effect.catchIf(again, isLost, (last) => giveUp(last, began)),
      () => end,
    )
  })

  return <A, R>(statement: Effect.Effect<A, PostgresError, R>): Effect.Effect<A, PostgresError, R> =>
    Effect.catchIf(statement, isLost, (lost) => wait(statement, lost))
}
