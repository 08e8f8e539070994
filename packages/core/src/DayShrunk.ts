/**
 * When so much of a day has gone at once that the gateway is not believed at its word: it may have lost a part of its list
 * for an hour, and what is marked missing then looks like what the API has really forgotten. Such a reading is merged as a
 * weak one, which marks and withdraws nothing, and the day stays open until a later run has read the same.
 */
import type { MergeCounts } from "./MergeCounts.ts"
import type { LedgerDay, Reading } from "./Reading.ts"

/** What has gone of a day, in rows. */
export interface DayShrunk {
  /** Rows that the archive holds of the day, without those that the API had forgotten already. */
  readonly stored: number
  /** How many of them have gone. */
  readonly gone: number
  /** How many rows came that cannot be read: any of those that have gone may be among them. */
  readonly unreadable: number
}

/** What the archive holds of the day before the reading is merged, and what merging it as a strong one would do. */
export interface DayMerge {
  /** Rows stored, without those that the API had forgotten already. */
  readonly stored: number
  readonly counts: MergeCounts
  /** The ledger's row of the day; undefined if it has none. */
  readonly before: Pick<LedgerDay, "rowCount" | "runId" | "digest" | "error"> | undefined
}

type ShrinkingReading = Pick<Reading, "strong" | "rowCount" | "rejectedRows" | "digest">

const errorPrefix = "DayShrunk: "
const fewRows = 10

/**
 * Whether the day has shrunk, and nobody has read the same before: no row that can be read is left, or more than a tenth
 * of the rows, and at least ten, have gone. Null: the reading counts as it is.
 *
 * A row that is not terminal goes whenever it becomes another one (WAITING rows gain a path: API facts, 2.5), which is no
 * loss. So such rows count only as far as no new row came for them, in this reading or, where the one before was weak and
 * left the old ones in place, in that one.
 *
 * A later run agrees if it reads the very same rows. It never does while the rows that have gone may all have come as rows
 * that cannot be read: those are still listed.
 */
export const dayShrunk = (
  reading: ShrinkingReading,
  runId: string,
  { stored, counts, before }: DayMerge,
): DayShrunk | null => {
  if (!reading.strong || stored === 0) return null
  const suspected = before?.error?.startsWith(errorPrefix) === true
  const leftBehind = suspected ? 0 : Math.max(0, stored - (before?.rowCount ?? 0))
  const withdrawn = Math.max(0, counts.withdrawn - counts.inserted - leftBehind)
  const gone = reading.rowCount === 0 ? stored : counts.missing + withdrawn
  const isMuch = reading.rowCount === 0 || (gone >= fewRows && gone * 10 > stored)
  if (!isMuch) return null
  const unreadable = reading.rejectedRows
  const agrees =
    suspected && before?.runId !== runId && before?.digest === reading.digest && gone > unreadable
  return agrees ? null : { stored, gone, unreadable }
}

/** What happened and what to do, for the report; no name of the error in it. */
export const dayShrunkMessage = ({ stored, gone, unreadable }: DayShrunk): string => {
  const what = `${gone} of ${stored} rows of this day are gone`
  return gone > unreadable
    ? `${what}. Nothing was marked as missing: run again later; if the API then shows the same, it counts.`
    : `${what}, while ${unreadable} came that cannot be read and may be the same ones. Nothing was marked as missing: see the rejected rows of this day for the reason.`
}

/** What the ledger's `error` says of such a day; `dayShrunk` knows it again. */
export const dayShrunkError = (shrunk: DayShrunk): string => errorPrefix + dayShrunkMessage(shrunk)
