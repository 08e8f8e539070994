/**
 * A day whose connection to the archive was lost in the middle is read and merged again, and the run goes on: nothing of the
 * day was committed, or all of it was, which the ledger then tells.
 */
import * as Effect from "effect/Effect"
import * as Schedule from "effect/Schedule"
import { ArchiveFailed } from "@vodstation-etl/load/ArchiveError"

/** How often a day is begun again. A database that fails at it each time is not helped by more. */
const mostRetries = 3
const firstWait = "200 millis"

const isLost = (error: unknown): error is ArchiveFailed =>
  error instanceof ArchiveFailed && error.connectionLost === true

const sayAgain = ({ archive, doing, reason }: ArchiveFailed) =>
  Effect.logWarning(`${archive}: ${doing} failed: ${reason}. The day is read and loaded again.`)

const again = Schedule.exponential(firstWait).pipe(
  Schedule.jittered,
  Schedule.setInputType<unknown>(),
  Schedule.upTo({ times: mostRetries }),
  Schedule.tap(({ input }) => (isLost(input) ? sayAgain(input) : Effect.void)),
)

/** @param day begins by asking the archive whether it is still to be read, which waits for a database that is away */
export const retryLostDay = <A, E, R>(day: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
  Effect.retry(day, { while: isLost, schedule: again })
