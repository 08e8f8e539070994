/** Prints the report of a run on standard output, and ends the program with the exit code that its outcome means. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { RunEndedEarly } from "./exitCode.ts"
import { printWords } from "./printWords.ts"
import { reportInWords } from "./RunReport.ts"
import type { FinishedRun } from "./runPlan.ts"

export interface OutputChoice {
  readonly json: boolean
  /** No progress, no notes and no report in words: only what is wrong. */
  readonly quiet: boolean
}

export const printRun = Effect.fnUntraced(function* (
  { report, stopper }: FinishedRun,
  { json, quiet }: OutputChoice,
) {
  if (json) yield* Console.log(JSON.stringify(report))
  else if (!quiet) yield* printWords(reportInWords(report))
  if (report.outcome !== "complete") {
    return yield* new RunEndedEarly({ outcome: report.outcome, reason: stopper })
  }
})
