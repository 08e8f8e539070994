/** One page of a slice, normalised: what the proof needs of it, and what the archive will hold of it. */
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import { identityOf } from "@vodstation-etl/core/Encoding"
import { SnapshotDigest } from "@vodstation-etl/core/SnapshotDigest"
import type { SeenPage } from "./proveSlice.ts"

export interface ReadPage extends SeenPage {
  readonly rows: ReadonlyArray<Encoding>
  readonly rejectedRows: ReadonlyArray<Reject>
}

/** Made apart from where the answer is read, so that nothing in a page holds on to the answer's text. */
export const readPage = (
  total: number,
  rows: ReadonlyArray<Encoding>,
  rejectedRows: ReadonlyArray<Reject>,
): ReadPage => ({
  total,
  rowCount: rows.length + rejectedRows.length,
  rows,
  identities: () => rows.map(identityOf),
  rejects: rejectedRows.map((reject) => reject.fingerprint),
  rejectedRows,
  digest: () => digestOf([{ rows, rejectedRows }]),
})

/** The same for the same rows with all that they hold, in whatever order, on whatever pages. */
export const digestOf = (pages: ReadonlyArray<Pick<ReadPage, "rows" | "rejectedRows">>): string => {
  const digest = new SnapshotDigest()
  for (const { rows, rejectedRows } of pages) {
    for (const row of rows) digest.addRow(row)
    for (const reject of rejectedRows) digest.addReject(reject)
  }
  return digest.toString()
}
