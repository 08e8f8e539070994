/** The days of an archive as a calendar: a month a line, a sign a day. Pure. */
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { grouped } from "./countInWords.ts"

/** `missing` lies between days that were asked for, `unasked` before the first or after the last one. */
export type DayLook = LedgerDay["state"] | "missing" | "unasked"

export interface DayCounts {
  readonly closed: number
  readonly open: number
  readonly failed: number
  readonly missing: number
}

export interface CalendarMonth extends DayCounts {
  /** `YYYY-MM`. */
  readonly month: string
  /** One for each of its days, from the first on; null for those that are still to come. */
  readonly looks: ReadonlyArray<DayLook | null>
}

/**
 * The months from that of the first day to that of the last one.
 *
 * @param ledger all its days, ordered by date
 * @param today the present date, in the archive's zone
 */
export const calendarOf = (ledger: ReadonlyArray<LedgerDay>, today: string): ReadonlyArray<CalendarMonth> => {
  const [first, last] = [ledger[0]?.workDate, ledger.at(-1)?.workDate]
  if (first === undefined || last === undefined) return []
  const states = new Map(ledger.map(({ workDate, state }) => [workDate, state]))
  const lookOf = (day: string): DayLook | null =>
    states.get(day) ?? (first < day && day < last ? "missing" : day <= today ? "unasked" : null)
  const months: Array<CalendarMonth> = []
  let looks: Array<DayLook | null> = []
  for (let day = `${first.slice(0, 7)}-01`; day.slice(0, 7) <= last.slice(0, 7);) {
    looks.push(lookOf(day))
    const next = addDays(day, 1)
    if (next.endsWith("-01")) {
      months.push({ month: day.slice(0, 7), ...countsOf(looks), looks })
      looks = []
    }
    day = next
  }
  return months
}

export const sumOf = (months: ReadonlyArray<DayCounts>): DayCounts => {
  const sum = (state: keyof DayCounts) => months.reduce((total, month) => total + month[state], 0)
  return { closed: sum("closed"), open: sum("open"), failed: sum("failed"), missing: sum("missing") }
}

/** `28 closed, 2 open`: what there is any of. */
export const countsInWords = (counts: DayCounts, among: ReadonlyArray<keyof DayCounts>): string =>
  among.flatMap((state) => (counts[state] === 0 ? [] : [`${grouped(counts[state])} ${state}`])).join(", ")

const countsOf = (looks: ReadonlyArray<DayLook | null>): DayCounts => {
  const count = (state: DayLook) => looks.filter((look) => look === state).length
  return { closed: count("closed"), open: count("open"), failed: count("failed"), missing: count("missing") }
}
