/** One page of a slice, normalised: what the proof needs of it, and what the archive will hold of it. */
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import { identityOf } from "@vodstation-etl/core/Encoding"
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
})
