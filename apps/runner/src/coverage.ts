/** What the ledger says of an archive as a whole: which days it holds, which it lacks, and what is still open. Pure. */
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import { addDays, daysBetween } from "@vodstation-etl/core/WorkDay"

export interface Coverage {
  readonly firstDay: string | null
  readonly lastDay: string | null
  readonly closed: number
  readonly open: number
  readonly failed: number
  /** Days between the first and the last one that the ledger does not know. */
  readonly missing: number
  readonly rows: number
  readonly rejected: number
  /** Ranges of missing days, first and last. */
  readonly gaps: ReadonlyArray<{ readonly from: string; readonly to: string }>
  /** Days whose last attempt failed, with the reason. */
  readonly failures: ReadonlyArray<{ readonly day: string; readonly error: string }>
  /**
   * Days whose rows could be counted but not all told apart, so that they are loaded and never close (proof `count`): the rows
   * that were loaded, and how many more the gateway lists.
   */
  readonly weak: ReadonlyArray<{ readonly day: string; readonly rows: number; readonly lacking: number }>
  /** Days with rows that are not terminal although the day was over when it was read. */
  readonly stuck: ReadonlyArray<{ readonly day: string; readonly openRows: number; readonly days: number }>
}

/**
 * @param ledger all its days, ordered by date
 * @param today the present date, for the age of what is stuck
 */
export const coverageOf = (ledger: ReadonlyArray<LedgerDay>, today: string): Coverage => {
  const count = (state: LedgerDay["state"]) => ledger.filter((day) => day.state === state).length
  const sum = (valueOf: (day: LedgerDay) => number | null) =>
    ledger.reduce((total, day) => total + (valueOf(day) ?? 0), 0)
  const gaps = gapsIn(ledger)
  return {
    firstDay: ledger[0]?.workDate ?? null,
    lastDay: ledger.at(-1)?.workDate ?? null,
    closed: count("closed"),
    open: count("open"),
    failed: count("failed"),
    missing: gaps.reduce((total, gap) => total + daysBetween(gap.from, gap.to) + 1, 0),
    rows: sum((day) => day.rowCount),
    rejected: sum((day) => day.rejectedRows),
    gaps,
    failures: ledger.flatMap((day) => (day.error === null ? [] : [{ day: day.workDate, error: day.error }])),
    weak: ledger
      .filter((day) => day.proof === "count")
      .map(({ workDate: day, apiTotal, rowCount, rejectedRows }) => {
        const rows = rowCount ?? 0
        return { day, rows, lacking: (apiTotal ?? 0) - rows - (rejectedRows ?? 0) }
      }),
    stuck: ledger
      .filter((day) => day.state === "open" && (day.openRows ?? 0) > 0 && day.workDate < stuckBefore(today))
      .map((day) => ({
        day: day.workDate,
        openRows: day.openRows ?? 0,
        days: daysBetween(day.workDate, today),
      })),
  }
}

/** What was requested before that day, and is not finished, is stuck: encoding takes hours, and never days. */
export const stuckBefore = (today: string): string => addDays(today, -1)

const gapsIn = (ledger: ReadonlyArray<LedgerDay>) =>
  ledger.flatMap((day, index) => {
    const expected = index === 0 ? day.workDate : addDays(ledger[index - 1]!.workDate, 1)
    return expected < day.workDate ? [{ from: expected, to: addDays(day.workDate, -1) }] : []
  })
