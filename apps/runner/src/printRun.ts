/** Prints the report of a run on standard output, and ends the program with the exit code that its outcome means. */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { RunEndedEarly } from "./exitCode.ts"
import { reportInWords } from "./RunReport.ts"
import type { FinishedRun } from "./runPlan.ts"

export const printRun = Effect.fnUntraced(function* ({ report, stopper }: FinishedRun, json: boolean) {
  yield* Console.log(json ? JSON.stringify(report) : reportInWords(report))
  if (report.outcome !== "complete") {
    return yield* new RunEndedEarly({ outcome: report.outcome, reason: stopper })
  }
})
