/** What nightly runs read over any ledger, and over months of nights that are killed, fail, or never come. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { ago, closed, entry, failed, failedOn, nightOf, open, sorted, today, zone } from "./ledger.fixture.ts"
import { planNightly } from "./planNightly.ts"
import type { LedgerDay } from "./Reading.ts"
import { addDays, daysBetween } from "./WorkDay.ts"

const planOf = (ledger: ReadonlyArray<LedgerDay>) =>
  planNightly({ ledger, zone, now: nightOf(today), since: ago(7), changed: new Set() })

const anyEntry = fc.record({
  days: fc.integer({ min: 1, max: 120 }),
  kind: fc.constantFrom("closed", "open", "failed", "in error"),
  readDaysAgo: fc.integer({ min: 0, max: 40 }),
})
const anyLedger = fc.uniqueArray(anyEntry, { selector: ({ days }) => days, maxLength: 80 }).map((found) =>
  sorted(
    ...found.map(({ days, kind, readDaysAgo }) => {
      if (kind === "closed") return closed(days)
      if (kind === "open") return open(days, Math.min(days, readDaysAgo))
      return kind === "failed" ? failed(days) : entry(ago(days), { error: "ClockOff: set it" })
    }),
  ),
)

describe("over any ledger, a night", () => {
  it("reads each day once and in order, from the archive's first day to today", () => {
    fc.assert(
      fc.property(anyLedger, (ledger) => {
        const { read, skipped } = planOf(ledger)
        const dates = read.map(({ day }) => day.date)
        expect(dates).toEqual([...new Set(dates)].toSorted())
        expect(dates.at(-1)).toBe(today)
        expect(dates[0]! >= (ledger[0]?.workDate ?? ago(7))).toBe(true)
        expect(skipped.filter(({ date }) => dates.includes(date))).toEqual([])
      }),
    )
  })

  it("reads all of the last 30 days but the closed ones, and no closed day that is not in error", () => {
    fc.assert(
      fc.property(anyLedger, (ledger) => {
        const reasons = new Map(planOf(ledger).read.map(({ day, reason }) => [day.date, reason]))
        const known = new Map(ledger.map((found) => [found.workDate, found]))
        const isDone = (date: string) =>
          known.get(date)?.state === "closed" && known.get(date)?.error === null
        const first = ledger[0]?.workDate ?? ago(7)
        const lately = Array.from({ length: 31 }, (_, days) => ago(days)).filter((date) => date >= first)
        expect(lately.filter((date) => !isDone(date) && !reasons.has(date))).toEqual([])
        const rightReason = (date: string) => {
          const found = known.get(date)
          if (found === undefined) return "new"
          if (found.error !== null) return "failed"
          return found.state === "open" ? "open" : undefined
        }
        expect([...reasons].filter(([date, reason]) => reason !== rightReason(date))).toEqual([])
      }),
    )
  })
})

/** What becomes of a day when a run reads it. */
type Fate = "closed" | "open" | "failed"

interface NightsWork {
  /** Days since the night before. */
  readonly after: number
  /** How many days came through before the run was killed, if it was. */
  readonly killedAfter: number | null
  /** How many later days came through while the next one was still in flight. */
  readonly overtakenBy: number
  /** The fates of its days in turn. */
  readonly fates: ReadonlyArray<Fate>
}

const goodNight: NightsWork = { after: 1, killedAfter: null, overtakenBy: 0, fates: ["closed"] }

const anyNight: fc.Arbitrary<NightsWork> = fc.record({
  after: fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 70 })),
  killedAfter: fc.option(fc.nat({ max: 40 })),
  overtakenBy: fc.nat({ max: 30 }),
  fates: fc.array(fc.constantFrom<Fate>("closed", "closed", "closed", "open", "failed"), { minLength: 1 }),
})

describe("over months of nights that are killed, fail, or never come", () => {
  const startOf = "2021-06-01"

  /** Goes through the nights, the first of which is a week after `startOf`; gives the ledger and what each was to read. */
  const goThrough = (nights: ReadonlyArray<NightsWork>) => {
    const known = new Map<string, LedgerDay>()
    const ledger = () => sorted(...known.values())
    const asked: Array<{ readonly night: string; readonly days: ReadonlyArray<string> }> = []
    let date = startOf
    nights.forEach(({ after, killedAfter, overtakenBy, fates }, index) => {
      date = addDays(date, index === 0 ? 7 : after)
      const now = nightOf(date)
      const since = addDays(date, -7)
      const { read } = planNightly({ ledger: ledger(), zone, now, since, changed: new Set() })
      const days = read.map(({ day }) => day.date)
      asked.push({ night: date, days })
      // As the runner does: the first day of an archive is in the ledger before anything is read.
      if (known.size === 0) known.set(days[0]!, failedOn(days[0]!))
      days.forEach((day, position) => {
        const isLost =
          killedAfter !== null && (position === killedAfter || position > killedAfter + overtakenBy)
        if (isLost) return
        const fate = day === date ? "open" : fates[(position + index) % fates.length]!
        const before = known.get(day)
        if (fate !== "failed") known.set(day, entry(day, { state: fate, readAt: now }))
        else if (before === undefined || before.readAt === null) known.set(day, failedOn(day))
        else known.set(day, { ...before, error: "Throttled: slower" })
      })
    })
    return { ledger: ledger(), asked, last: date }
  }

  it("one good night more leaves no day out", () => {
    fc.assert(
      fc.property(fc.array(anyNight, { minLength: 1, maxLength: 20 }), (nights) => {
        const { ledger, last } = goThrough([...nights, goodNight])
        const wanted = Array.from({ length: daysBetween(startOf, last) + 1 }, (_, index) =>
          addDays(startOf, index),
        )
        expect(ledger.map(({ workDate }) => workDate)).toEqual(wanted)
        const lately = ledger.filter(({ workDate }) => workDate >= addDays(last, -30) && workDate < last)
        expect(lately.filter(({ state, error }) => state !== "closed" || error !== null)).toEqual([])
      }),
    )
  })

  it.each((["open", "failed"] as const).flatMap((fate) => [1, 2, 7].map((after) => [fate, after] as const)))(
    "a day that always ends %s is read every night for 30 days and then once a week, with a night every %d days",
    (fate, after) => {
      const nights = Array.from({ length: Math.ceil(120 / after) }, () => ({
        ...goodNight,
        after,
        fates: [fate],
      }))
      const asked = goThrough(nights).asked.flatMap(({ night, days }) =>
        days.includes(startOf) ? [night] : [],
      )
      const isYoung = (night: string) => daysBetween(startOf, night) <= 30
      expect(asked.filter(isYoung)).toHaveLength(Math.floor(23 / after) + 1)
      const old = asked.filter((night) => !isYoung(night))
      const gaps = old.slice(1).map((night, index) => daysBetween(old[index]!, night))
      expect(gaps.length).toBeGreaterThanOrEqual(10)
      expect(Math.max(...gaps)).toBeLessThan(7 + after)
      expect(Math.min(...gaps)).toBeGreaterThan(fate === "open" ? 6 : 7 - after)
    },
  )
})
