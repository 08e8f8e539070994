/** One page of a slice, normalised: what the proof needs of it, and what the archive will hold of it. */
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import type { SeenPage } from "./proveSlice.ts"

export interface ReadPage extends SeenPage {
  readonly rows: ReadonlyArray<Encoding>
  readonly rejectedRows: ReadonlyArray<Reject>
}
