/**
 * The merge: what becomes of the stored rows of one day and identity when a reading of that day brings others. These are
 * the rules for every archive (design, "Merging a snapshot"); the CSV archive calls this function for every row, the
 * Postgres archive for twins, and does the ordinary case, one row to one row, in SQL.
 */
import type { Encoding, StoredEncoding, SupersededEncoding } from "./Encoding.ts"
import { isTerminal } from "./Encoding.ts"
import { stateOf } from "./compareEncodings.ts"
import { pairTwins } from "./pairTwins.ts"

/** What merging needs to know of the reading that the incoming rows come from. */
export interface MergeReading {
  /** The moment of the reading's first request, epoch ms by the gateway's clock. */
  readonly readAt: number
  readonly runId: string
  /** Only a strong reading may say that a row has gone. */
  readonly strong: boolean
}

export type Fate =
  /** New to the archive. */
  | "inserted"
  /** A new state; the old one is among `superseded`. */
  | "changed"
  /** Same state, but `missingSince` or the requested range was set, cleared or narrowed in place. */
  | "touched"
  /** Newly found to be forgotten by the API. */
  | "missing"
  /** As it was. */
  | "unchanged"

export interface MergedRow {
  readonly row: StoredEncoding
  readonly fate: Fate
}

export interface MergedIdentity {
  /** The rows that the archive holds afterwards, in no particular order. */
  readonly rows: ReadonlyArray<MergedRow>
  /** States that go to history because another one took their place. */
  readonly superseded: ReadonlyArray<SupersededEncoding>
  /** States that go to history because the row, not terminal, has gone: it became another row, or was withdrawn. */
  readonly withdrawn: ReadonlyArray<SupersededEncoding>
}

/** Merges the rows of one day and identity. All of `stored` and `incoming` must share both. */
export const mergeIdentity = (
  stored: ReadonlyArray<StoredEncoding>,
  incoming: ReadonlyArray<Encoding>,
  reading: MergeReading,
): MergedIdentity => {
  const { pairs, gone, added } = pairTwins(stored, incoming)
  const rows: Array<MergedRow> = []
  const superseded: Array<SupersededEncoding> = []
  const withdrawn: Array<SupersededEncoding> = []
  const history = (row: StoredEncoding): SupersededEncoding => ({
    ...row,
    supersededAt: reading.readAt,
    supersededByRun: reading.runId,
  })

  for (const [old, now] of pairs) {
    const merged = mergePair(old, now, reading)
    if (merged.fate === "changed") superseded.push(history(old))
    rows.push(merged)
  }
  for (const row of gone) {
    if (!reading.strong || (isTerminal(row) && row.missingSince !== null))
      rows.push({ row, fate: "unchanged" })
    else if (isTerminal(row)) rows.push({ row: { ...row, missingSince: reading.readAt }, fate: "missing" })
    else withdrawn.push(history(row))
  }
  const free = freeOccurrences(rows)
  for (const row of added) rows.push({ row: insertedRow(row, free(), reading), fate: "inserted" })
  return { rows, superseded, withdrawn }
}

/** A row that the archive did not hold before. */
export const insertedRow = (row: Encoding, occurrence: number, reading: MergeReading): StoredEncoding => ({
  ...row,
  occurrence,
  missingSince: null,
  firstSeenAt: reading.readAt,
  changedAt: reading.readAt,
  runId: reading.runId,
})

const mergePair = (old: StoredEncoding, now: Encoding, reading: MergeReading): MergedRow => {
  const requestedFrom = Math.max(old.requestedFrom, now.requestedFrom)
  const requestedBefore = Math.min(old.requestedBefore, now.requestedBefore)
  if (stateOf(old) !== stateOf(now)) {
    return {
      fate: "changed",
      row: {
        ...now,
        requestedFrom,
        requestedBefore,
        occurrence: old.occurrence,
        missingSince: null,
        firstSeenAt: old.firstSeenAt,
        changedAt: reading.readAt,
        runId: reading.runId,
      },
    }
  }
  const untouched =
    old.missingSince === null &&
    old.requestedFrom === requestedFrom &&
    old.requestedBefore === requestedBefore
  return untouched
    ? { row: old, fate: "unchanged" }
    : { row: { ...old, requestedFrom, requestedBefore, missingSince: null }, fate: "touched" }
}

const freeOccurrences = (rows: ReadonlyArray<MergedRow>): (() => number) => {
  const taken = new Set(rows.map(({ row }) => row.occurrence))
  let next = 0
  return () => {
    do next++
    while (taken.has(next))
    return next
  }
}
