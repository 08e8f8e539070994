/**
 * Prints the error that ended the program: one line on standard error (a JSON object with `--log-format json`) that says what happened, where, and what to do now.
 * Every error of ours carries such a message; what is none of ours is a mistake in the program and is shown with its trace.
 */
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { RunEndedEarly } from "./exitCode.ts"
import { jsonLine } from "./jsonLine.ts"
import { LogFormat } from "./LogFormat.ts"

export const reportError = Effect.fnUntraced(function* (cause: Cause.Cause<unknown>) {
  if (Cause.hasInterruptsOnly(cause)) return
  const error = Cause.squash(cause)
  // Both were reported by those who raised them.
  if (error instanceof RunEndedEarly || isShownHelp(error)) return
  yield* reportLine(Cause.hasDies(cause) ? unexpected(cause) : messageOf(error), nameOf(error))
})

/** Writes what ends the program, as its log format is. */
export const reportLine = Effect.fnUntraced(function* (message: string, error: string | undefined) {
  const isJson = (yield* LogFormat) === "json"
  const now = yield* Clock.currentTimeMillis
  const line = isJson ? jsonLine(now, { level: "error", message, error }) : `vodstation-etl: ${message}`
  process.stderr.write(`${line}\n`)
})

const nameOf = (error: unknown): string | undefined => {
  if (typeof error === "object" && error !== null && "_tag" in error) return String(error._tag)
  return error instanceof Error ? error.name : undefined
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, " ")

const unexpected = (cause: Cause.Cause<unknown>): string =>
  `unexpected error, a mistake in the program; please report it with these lines:\n${Cause.pretty(cause)}`

const isShownHelp = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "ShowHelp"
