/**
 * Prints the error that ended the program: one line on standard error that says what happened, where, and what to do now.
 * Every error of ours carries such a message; what is none of ours is a mistake in the program and is shown with its trace.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { DoctorFoundFaults, RunEndedEarly } from "./exitCode.ts"

export const reportError = (cause: Cause.Cause<unknown>): Effect.Effect<void> =>
  Effect.sync(() => {
    if (Cause.hasInterruptsOnly(cause)) return
    const error = Cause.squash(cause)
    // These were reported by those who raised them.
    if (error instanceof RunEndedEarly || error instanceof DoctorFoundFaults || isShownHelp(error)) return
    const text = Cause.hasDies(cause) ? unexpected(cause) : messageOf(error)
    process.stderr.write(`vodstation-etl: ${text}\n`)
  })

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, " ")

const unexpected = (cause: Cause.Cause<unknown>): string =>
  `unexpected error, a mistake in the program; please report it with these lines:\n${Cause.pretty(cause)}`

const isShownHelp = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "ShowHelp"
