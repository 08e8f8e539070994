/** What holding a day of the archive against the API comes to. Pure. */
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import type { DayRowCounts } from "@vodstation-etl/load/Archive"

export type Verdict =
  | "same"
  /** The API has more rows than the archive holds and has not marked missing. */
  | "apiHasMore"
  /** The API has fewer: it has forgotten some, or they were withdrawn. */
  | "forgotten"
  /** The day goes on, or has not settled: both sides may still differ, and nothing follows from it. */
  | "notSettled"
  /** The API did not tell its total. */
  | "notAnswered"

export interface AuditedDay {
  readonly day: string
  /** What the ledger says of the day; `notRead` where it does not know it. */
  readonly state: LedgerDay["state"] | "notRead"
  readonly verdict: Verdict
  /** The API's total. */
  readonly api: number | null
  /** The sum of the API's own statistics; null where it did not tell them. */
  readonly statistic: number | null
  /** Whether its statistics and its list say the same, as far as both were told. */
  readonly statisticDiffers: boolean
  /** Rows of the archive that the API still lists, as far as the archive knows. */
  readonly present: number
  /** Rows that it knows the API has forgotten. */
  readonly missing: number
  /** Rows that could not be understood. */
  readonly rejected: number
}

/** What was found out about a day, on both sides. */
export interface DayFindings {
  readonly day: WorkDay
  readonly entry: LedgerDay | undefined
  readonly rows: DayRowCounts | undefined
  readonly api: number | null
  readonly statistic: number | null
  /** Whether the day is over and can gain no more rows. */
  readonly settled: boolean
}

export const auditDay = ({ day, entry, rows, api, statistic, settled }: DayFindings): AuditedDay => {
  const { present, missing, rejected } = rows ?? { present: 0, missing: 0, rejected: 0 }
  return {
    day: day.date,
    state: entry?.state ?? "notRead",
    verdict: verdictOf(api, present + rejected, settled),
    api,
    statistic,
    statisticDiffers: settled && api !== null && statistic !== null && api !== statistic,
    present,
    missing,
    rejected,
  }
}

const verdictOf = (api: number | null, held: number, settled: boolean): Verdict => {
  if (api === null) return "notAnswered"
  if (!settled) return "notSettled"
  if (api === held) return "same"
  return api > held ? "apiHasMore" : "forgotten"
}
