/** How many rows an export is going to have, as far as the ledger tells: for who waits, not to be relied on. */
import * as Effect from "effect/Effect"
import type { Archive } from "./Archive.ts"
import type { ArchiveError } from "./ArchiveError.ts"
import type { Asked } from "./TableExport.ts"

/** They have a row, or little more than one, for each that the ledger counts. */
const counted = ["encoding", "encoding_timeline"]

/** Undefined where nobody knows without counting. */
export const expectedRows = (
  archive: Archive["Service"],
  asked: Asked,
): Effect.Effect<number | undefined, ArchiveError> => {
  if ("select" in asked || !counted.includes(asked.table)) return Effect.undefined
  const { from = "0001-01-01", before = "9999-12-31" } = asked
  return Effect.map(archive.ledger({ from, before }), (days) =>
    days.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0),
  )
}
