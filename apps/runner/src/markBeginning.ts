/**
 * Where an archive begins. A run reads several days side by side, and one that is killed leaves those in flight out of the
 * ledger. Between two days that the ledger knows such a hole shows; before its first day nothing would tell that there was
 * to be another. So the first day of an empty archive is in the ledger before anything is read.
 */
import * as Effect from "effect/Effect"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { Archive } from "@vodstation-etl/load/Archive"

const notRead = "NotReadYet: reading it was begun and has not ended yet. The next run reads it."

/** Records the first day that a run is to read, for an archive that holds none; reading it takes the record away. */
export const markBeginning = Effect.fn("markBeginning")(function* (first: WorkDay, runId: string) {
  const archive = yield* Archive
  yield* archive.recordFailure(first.date, { runId }, notRead)
})
