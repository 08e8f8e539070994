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
 */
export const readReportData = Effect.fn("readReportData")(function* (
  from: string | undefined,
  before: string | undefined,
) {
  const range = dayParameters(from, before)
  const data: ReportData = {
    ...(yield* pageOrigin),
    days: yield* readDays(range),
    formats: yield* readFormats(range),
    categories: yield* readCategories(range),
    failedFiles: yield* readFailedFiles(range),
    ...(yield* readTroubles(range)),
    storage: yield* readStorage(range),
    runs: yield* readRuns(range),
  }
  return data
})
