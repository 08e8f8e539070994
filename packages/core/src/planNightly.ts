/**
 * Which work days a nightly run reads, and why. Pure, and from the ledger alone: a night that was killed, that failed or
 * that never came needs no other memory.
 *
 * What is read goes by the design's "What to read", with two things decided here:
 *
 * - **Small holes are filled, however old.** Days are read side by side, so that a run that is killed while it catches up
 *   leaves days out of the ledger that lie before closed ones, and the window, which begins after the newest closed day,
 *   would pass them over for ever. Such a hole is narrow. A wide one is what nobody asked for yet: a backfill of 2021 does
 *   not make every night read the years since.
 * - **Once a week** goes by the day's own reading, a week ago. An attempt that failed leaves no time in the ledger: there
 *   it goes by the day's age, whenever that passes a full week since the night before, which the ledger's newest reading
 *   dates. So nothing is missed where nights are, or where `nightly` itself runs once a week.
 */
import type * as DateTime from "effect/DateTime"
import type { Plan, PlannedDay, ReadReason } from "./Plan.ts"
import { reasonToRead } from "./Plan.ts"
import type { LedgerDay } from "./Reading.ts"
import type { WorkDay } from "./WorkDay.ts"
import { addDays, dateOf, daysBetween, workDay } from "./WorkDay.ts"

/** What a night's plan is made from. */
export interface Night {
  /** All days of the archive's ledger, ordered by date. */
  readonly ledger: ReadonlyArray<LedgerDay>
  /** The archive's. */
  readonly zone: DateTime.TimeZone
  /** The present by the gateway's clock, epoch ms. */
  readonly now: number
  /** The day to begin with where the ledger is empty, `YYYY-MM-DD`. */
  readonly since: string
  /** Closed days whose total has changed. */
  readonly changed: ReadonlySet<string>
}

/** A closed day, and the total that the API told of it when it was closed. */
export interface ClosedDay {
  readonly day: WorkDay
  readonly total: number
}

/** How many days back every day is looked at every night; what is older is, once a week. */
const reachDays = 30

/** The widest hole between two days of the ledger that is filled by itself. */
const holeDays = 30

const weekDays = 7

/** A reading so old is a week old, though the hour of the night may wander. */
const weekMs = 6.5 * 86_400_000

/** The plan of a nightly run, in order of the days; `skipped` are the closed days that it reaches and leaves alone. */
export const planNightly = (night: Night): Plan => {
  const { ledger, zone, changed } = night
  const today = dateOf(night.now, zone)
  const first = ledger[0]?.workDate ?? night.since
  const reach = addDays(today, -reachDays)
  const newestClosed = ledger.findLast((entry) => entry.state === "closed")?.workDate
  const start = newestClosed === undefined ? first : earlier(reach, addDays(newestClosed, 1))
  const known = new Map(ledger.map((entry) => [entry.workDate, entry]))
  const holes = smallHoles(ledger)
  const isDue = weeklyReading(night, today)

  const reasonOf = (date: string): ReadReason | undefined => {
    const entry = known.get(date)
    if (entry === undefined) return date >= start || holes.has(date) ? "new" : undefined
    if (changed.has(date)) return "changed"
    const reason = reasonToRead(entry, false)
    return date >= reach || (reason !== undefined && isDue(entry)) ? reason : undefined
  }

  const read: Array<PlannedDay> = []
  const skipped: Array<WorkDay> = []
  for (let date = first; date <= today; date = addDays(date, 1)) {
    const reason = reasonOf(date)
    const isSkipped = reason === undefined && date >= start && known.get(date)?.state === "closed"
    if (reason === undefined && !isSkipped) continue
    const day = workDay(date, zone)
    // A date that its zone skipped as a whole holds nothing to read.
    if (day.end <= day.start) continue
    if (reason === undefined) skipped.push(day)
    else read.push({ day, reason })
  }
  return { read, skipped }
}

const earlier = (a: string, b: string): string => (a < b ? a : b)

/** The closed days of the last 30, whose totals a nightly run asks for; not those that it reads anyway. */
export const closedDaysToAsk = (
  ledger: ReadonlyArray<LedgerDay>,
  zone: DateTime.TimeZone,
  now: number,
): ReadonlyArray<ClosedDay> => {
  const reach = addDays(dateOf(now, zone), -reachDays)
  return ledger.flatMap((entry) =>
    entry.workDate >= reach && entry.apiTotal !== null && reasonToRead(entry, false) === undefined
      ? [{ day: workDay(entry.workDate, zone), total: entry.apiTotal }]
      : [],
  )
}

/** Dates that the ledger lacks, between two that it knows and that are not far apart. */
const smallHoles = (ledger: ReadonlyArray<LedgerDay>): ReadonlySet<string> => {
  const holes = new Set<string>()
  ledger.slice(1).forEach(({ workDate }, index) => {
    const before = ledger[index]!.workDate
    const width = daysBetween(before, workDate) - 1
    if (width > holeDays) return
    for (let ahead = 1; ahead <= width; ahead++) holes.add(addDays(before, ahead))
  })
  return holes
}

/** Whether a day that is read once a week is to be read this night. */
const weeklyReading = ({ ledger, zone, now }: Night, today: string): ((entry: LedgerDay) => boolean) => {
  const newest = ledger.reduce((latest, { readAt }) => Math.max(latest, readAt ?? latest), -Infinity)
  const yesterday = addDays(today, -1)
  const lastNight = newest === -Infinity || newest > now ? yesterday : dateOf(newest, zone)
  // A run that was killed tonight is no reason to leave out what it did not come to.
  const before = earlier(lastNight, yesterday)
  const weeksOld = (date: string, on: string) => Math.floor(daysBetween(date, on) / weekDays)
  return ({ workDate, error, readAt }) =>
    error === null && readAt !== null
      ? now - readAt >= weekMs
      : weeksOld(workDate, today) > weeksOld(workDate, before)
}
