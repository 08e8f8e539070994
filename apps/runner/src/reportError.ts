/**
 * Prints the error that ended the program: one line on standard error. Every error of ours says what happened, where, and
 * what to do now; what is none of ours is a mistake in the program. Where it came from is shown to those who ask for it.
 */
import * as Cause from "effect/Cause"
import * as Effect from "effect/Effect"
import { errorLine } from "./errorLine.ts"
import type { NamedError } from "./errorLine.ts"
import { RunEndedEarly } from "./exitCode.ts"
import { unexpectedError } from "./UnexpectedError.ts"

export const reportError = (cause: Cause.Cause<unknown>, verbose: boolean): Effect.Effect<void> =>
  Effect.sync(() => {
    if (Cause.hasInterruptsOnly(cause)) return
    const error = Cause.squash(cause)
    // Both were reported by those who raised them.
    if (error instanceof RunEndedEarly || isShownHelp(error)) return
    print(Cause.hasDies(cause) || !isNamed(error) ? unexpectedError(error) : error, cause, verbose)
  })

/** An error that was thrown where nothing could catch it, such as in a callback of a library. */
export const reportUncaught = (error: unknown, verbose: boolean): void =>
  print(unexpectedError(error), Cause.die(error), verbose)

const print = (error: NamedError, cause: Cause.Cause<unknown>, verbose: boolean): void => {
  process.stderr.write(`${errorLine(error)}\n${verbose ? `${Cause.pretty(cause)}\n` : ""}`)
}

const isNamed = (error: unknown): error is NamedError =>
  error instanceof Error && "_tag" in error && typeof error._tag === "string"

const isShownHelp = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "ShowHelp"
