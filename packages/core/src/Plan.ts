/**
 * Which work days a run reads, and why. The ledger is the only memory: a run that was killed goes on where it was because
 * the days it had closed are in the ledger and the others are not.
 */
import type { LedgerDay } from "./Reading.ts"
import type { WorkDay } from "./WorkDay.ts"

export type ReadReason =
  /** The ledger does not know the day. */
  | "new"
  /** It was loaded, but rows were still moving, or its proof or its age did not allow to close it. */
  | "open"
  /** An attempt to read it failed. */
  | "failed"
  /** It was closed, and the API's total of it has changed since. */
  | "changed"
  /** It is closed, and is read again because the user asked for that. */
  | "refresh"
  /** An audit found that the archive and the API differ: it is read again, and compared row by row, whatever its state. */
  | "differs"

export interface PlannedDay {
  readonly day: WorkDay
  readonly reason: ReadReason
}

export interface Plan {
  readonly read: ReadonlyArray<PlannedDay>
  /** Closed days that are not read. */
  readonly skipped: ReadonlyArray<WorkDay>
}

/** The plan of a backfill: the days that are not closed; with `refresh` all of them. Days keep their order. */
export const planBackfill = (
  days: ReadonlyArray<WorkDay>,
  ledger: ReadonlyArray<LedgerDay>,
  options: { readonly refresh: boolean },
): Plan => {
  const known = new Map(ledger.map((entry) => [entry.workDate, entry]))
  const read: Array<PlannedDay> = []
  const skipped: Array<WorkDay> = []
  for (const day of days) {
    const reason = reasonToRead(known.get(day.date), options.refresh)
    if (reason === undefined) skipped.push(day)
    else read.push({ day, reason })
  }
  return { read, skipped }
}

/** Why a day is to be read, given what the ledger says of it; undefined for a closed day that is left alone. */
export const reasonToRead = (entry: LedgerDay | undefined, refresh: boolean): ReadReason | undefined => {
  if (entry === undefined) return "new"
  if (entry.error !== null || entry.state === "failed") return "failed"
  if (entry.state === "open") return "open"
  return refresh ? "refresh" : undefined
}
