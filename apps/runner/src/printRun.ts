/** Prints the report of a run on standard output, and ends the program with the exit code that its outcome means. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { RunEndedEarly } from "./exitCode.ts"
import { LogFormat } from "./LogFormat.ts"
import { printWords } from "./printWords.ts"
import type { RunReport } from "./RunReport.ts"
import { reportInWords } from "./RunReport.ts"
import type { FinishedRun } from "./runPlan.ts"

export interface OutputChoice {
  readonly json: boolean
  /** No progress, no notes and no report in words: only what is wrong. */
  readonly quiet: boolean
}

/** In words: at a terminal without the problems, since those were said there as they came. */
export const runInWords = Effect.fnUntraced(function* (report: RunReport) {
  const wereSaid = process.stdout.isTTY && process.stderr.isTTY && (yield* LogFormat) === "pretty"
  return reportInWords(wereSaid ? { ...report, problems: [] } : report)
})

export const printRun = Effect.fnUntraced(function* (
  { report, stopper }: FinishedRun,
  { json, quiet }: OutputChoice,
) {
  if (json) yield* Console.log(JSON.stringify(report))
  else if (!quiet) yield* printWords(yield* runInWords(report))
  if (report.outcome !== "complete") {
    return yield* new RunEndedEarly({ outcome: report.outcome, reason: stopper })
  }
})
