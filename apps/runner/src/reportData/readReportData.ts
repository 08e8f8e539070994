/** All that a report tells, asked of the archive in SQL that both kinds understand: sums, and never all rows. */
import * as Effect from "effect/Effect"
import { dayParameters } from "@vodstation-etl/load/ArchiveQuery"
import type { ReportData } from "@vodstation-etl/report/ReportData"
import { pageOrigin } from "./pageOrigin.ts"
import { readCategories } from "./readCategories.ts"
import { readDays } from "./readDays.ts"
import { readFailedFiles } from "./readFailedFiles.ts"
import { readFormats } from "./readFormats.ts"
import { readRuns } from "./readRuns.ts"
import { readStorage } from "./readStorage.ts"
import { readTroubles } from "./readTroubles.ts"

/**
 * One question after the other: of an archive that is written to meanwhile, later ones may know more than the first.
 *
 * @param from first work day; undefined: from the beginning
 * @param before the day after the last one; undefined: to the end
 * @param tell called with what is asked for next
 */
export const readReportData = Effect.fn("readReportData")(function* (
  from: string | undefined,
  before: string | undefined,
  tell: (what: string) => void = () => {},
) {
  const range = dayParameters(from, before)
  const asking = <A, E, R>(what: string, question: Effect.Effect<A, E, R>) =>
    Effect.andThen(
      Effect.sync(() => tell(what)),
      question,
    )
  const data: ReportData = {
    ...(yield* pageOrigin),
    days: yield* asking("days", readDays(range)),
    formats: yield* asking("formats, their sizes and times", readFormats(range)),
    categories: yield* asking("categories", readCategories(range)),
    failedFiles: yield* asking("files that fail", readFailedFiles(range)),
    ...(yield* asking("what is stuck or was not understood", readTroubles(range))),
    storage: yield* asking("storage", readStorage(range)),
    runs: yield* asking("runs", readRuns(range)),
  }
  return data
})
