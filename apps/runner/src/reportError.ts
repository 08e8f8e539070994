/**
 * Prints the error that ended the program: one line on standard error (a JSON object with `--log-format json`). Every error
 * of ours says what happened, where, and what to do now; what is none of ours is a mistake in the program. Where it came
 * from is shown to those who ask for it.
 */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { errorLine } from "./errorLine.ts"
import type { NamedError } from "./errorLine.ts"
import { DoctorFoundFaults, RunEndedEarly } from "./exitCode.ts"
import { jsonLine } from "./jsonLine.ts"
import { LogFormat } from "./LogFormat.ts"
import { unexpectedError } from "./UnexpectedError.ts"

export const reportError = Effect.fnUntraced(function* (cause: Cause.Cause<unknown>, verbose: boolean) {
  if (Cause.hasInterruptsOnly(cause)) return
  const error = Cause.squash(cause)
  // They were reported by those who raised them.
  if (error instanceof RunEndedEarly || error instanceof DoctorFoundFaults || isShownHelp(error)) return
  const isOurs = !Cause.hasDies(cause) && isNamed(error)
  yield* tellError(isOurs ? error : unexpectedError(error), verbose ? cause : undefined)
})

/** An error that was thrown where nothing could catch it, such as in a callback of a library. */
export const reportUncaught = (error: unknown, verbose: boolean): Effect.Effect<void> =>
  tellError(unexpectedError(error), verbose ? Cause.die(error) : undefined)

/** Writes what ends the program, as its log format is. @param trace shown below it */
export const tellError = Effect.fnUntraced(function* (error: NamedError, trace?: Cause.Cause<unknown>) {
  const now = yield* Clock.currentTimeMillis
  const isJson = (yield* LogFormat) === "json"
  const object = (level: string, message: string) => jsonLine(now, { level, message, error: error._tag })
  process.stderr.write(`${isJson ? object("error", error.message) : errorLine(error)}\n`)
  if (trace === undefined) return
  process.stderr.write(`${isJson ? object("debug", Cause.pretty(trace)) : Cause.pretty(trace)}\n`)
})

const isNamed = (error: unknown): error is NamedError =>
  error instanceof Error && "_tag" in error && typeof error._tag === "string"

const isShownHelp = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "ShowHelp"
