/**
 * An archive whose ledger is gone, while its rows are there: a folder that was copied in part, a table that was emptied. To take it
 * for a new one would have `nightly` begin a week ago, and leave out without a word what was open before.
 */
import * as Effect from "effect/Effect"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import { Archive } from "@vodstation-etl/load/Archive"
import { ArchiveUnusable } from "@vodstation-etl/load/ArchiveError"

/** @param ledger all its days */
export const refuseLostLedger = Effect.fnUntraced(function* (ledger: ReadonlyArray<LedgerDay>) {
  if (ledger.length > 0) return undefined
  const archive = yield* Archive
  const [first] = yield* archive.heldDates
  // Another program may have loaded its first day since.
  if (first === undefined || (yield* archive.ledger()).length > 0) return undefined
  return yield* new ArchiveUnusable({
    archive: archive.place,
    reason: "its ledger is gone, though it holds rows",
    cure: `Restore it from a backup; without one, backfill --from ${first} makes it again, and what the days hold stays.`,
  })
})
