/** One page of a slice: what the proof needs of it, and what the archive will hold of it. */
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import { identityHash } from "@vodstation-etl/core/identityHash"
import type { Cell } from "@vodstation-etl/core/normalise"
import { isReject, normalise } from "@vodstation-etl/core/normalise"
import type { StatusAnswer } from "@vodstation-etl/core/parseAnswer"
import { SnapshotDigest } from "@vodstation-etl/core/SnapshotDigest"
import type { StatusPage } from "./Gateway.ts"
import type { SeenPage } from "./proveSlice.ts"

export interface PageRows {
  readonly rows: Array<Encoding>
  readonly rejectedRows: ReadonlyArray<Reject>
}

export interface ReadPage extends SeenPage {
  /** Normalises the rows, each time anew where the page is held as it came. */
  readonly read: () => PageRows
  /** Gives back the memory of a page that is held as it came: it must not be read any more. */
  readonly release: () => void
}

/**
 * A page of an answer, its rows those of the cell. It is held as the bytes that came until it is proven, so that rows are made
 * only once they are on their way, and few at a time; where the bytes do not tell who the rows are, they are made at once.
 */
export const pageOfAnswer = ({ answer, release }: StatusPage, cell: Cell): ReadPage => {
  const { total, rowCount, identities } = answer
  const read = () => normaliseRows(answer, cell)
  if (identities === undefined) {
    const held = read()
    release?.()
    return pageOfRows(total, held)
  }
  return {
    total,
    rowCount,
    identities: () => identities,
    rejects: [],
    read,
    release: () => release?.(),
    digest: () => digestOf([read()]),
  }
}

export const pageOfRows = (total: number, held: PageRows): ReadPage => ({
  total,
  rowCount: held.rows.length + held.rejectedRows.length,
  identities: () => held.rows.map(identityHash),
  rejects: held.rejectedRows.map((reject) => reject.fingerprint),
  read: () => held,
  release: () => {},
  digest: () => digestOf([held]),
})

/** The same for the same rows with all that they hold, in whatever order, on whatever pages. */
export const digestOf = (pages: Iterable<PageRows>): string => {
  const digest = new SnapshotDigest()
  for (const { rows, rejectedRows } of pages) {
    for (const row of rows) digest.addRow(row)
    for (const reject of rejectedRows) digest.addReject(reject)
  }
  return digest.toString()
}

const normaliseRows = (answer: StatusAnswer, cell: Cell): PageRows => {
  const rows: Array<Encoding> = []
  const rejectedRows: Array<Reject> = []
  answer.parseRows().forEach((row, index) => {
    const normalised = normalise(row, () => answer.rowText(index), cell)
    if (isReject(normalised)) rejectedRows.push(normalised)
    else rows.push(normalised)
  })
  if (rows.length + rejectedRows.length !== answer.rowCount) {
    throw new Error(`a page of ${answer.rowCount} rows was read after it was released`)
  }
  return { rows, rejectedRows }
}
