/** What a nightly run reads, held to the design's "What to read". */
import { describe, expect, it } from "vitest"
import { ago, closed, entry, failed, nightOf, open, sorted, today, zone } from "./ledger.fixture.ts"
import { closedDaysToAsk, planNightly } from "./planNightly.ts"
import type { Night } from "./planNightly.ts"
import type { LedgerDay } from "./Reading.ts"
import { daysBetween, workDay } from "./WorkDay.ts"

const night = (ledger: ReadonlyArray<LedgerDay>, change: Partial<Night> = {}): Night => ({
  ledger,
  zone,
  now: nightOf(today),
  since: ago(7),
  changed: new Set(),
  ...change,
})
const everyDay = (from: number, to: number, day: (days: number) => LedgerDay) =>
  Array.from({ length: from - to + 1 }, (_, index) => day(from - index))

/** What is read, as days ago and the reason. */
const readBy = (given: Night) =>
  planNightly(given).read.map(({ day, reason }) => [daysBetween(day.date, today), reason] as const)

describe("a night", () => {
  it("reads, the first time, from --since to today", () => {
    expect(readBy(night([]))).toEqual([7, 6, 5, 4, 3, 2, 1, 0].map((days) => [days, "new"]))
    expect(readBy(night([], { since: ago(90) }))).toHaveLength(91)
    expect(planNightly(night([], { since: today })).read.map(({ day }) => day)).toEqual([
      workDay(today, zone),
    ])
  })

  it("reads, ordinarily, what is not closed yet and the day that has begun", () => {
    const plan = planNightly(night([...everyDay(50, 3, closed), open(2), open(1)]))
    expect(plan.read.map(({ day, reason }) => [day.date, reason])).toEqual([
      [ago(2), "open"],
      [ago(1), "open"],
      [today, "new"],
    ])
    expect(plan.skipped.map(({ date }) => date)).toEqual(everyDay(30, 3, closed).map((day) => day.workDate))
  })

  it("reads every day since the newest closed one, however long ago nobody ran it", () => {
    const plan = readBy(night(everyDay(60, 45, closed)))
    expect(plan).toEqual(everyDay(44, 0, closed).map((_, index) => [44 - index, "new"]))
  })

  it("does not go back before the archive's first day", () => {
    expect(readBy(night([closed(3)], { since: ago(20) }))).toEqual([
      [2, "new"],
      [1, "new"],
      [0, "new"],
    ])
  })

  it("reads what failed, what a killed run left out, and what is closed but in error", () => {
    const ledger = sorted(
      closed(9),
      failed(8),
      closed(7),
      entry(ago(5), { error: "NetworkFailed: gone" }),
      closed(4),
    )
    expect(readBy(night(ledger))).toEqual([
      [8, "failed"],
      [6, "new"],
      [5, "failed"],
      [3, "new"],
      [2, "new"],
      [1, "new"],
      [0, "new"],
    ])
  })

  it("reads closed days only where their total has changed", () => {
    const ledger = everyDay(40, 1, closed)
    const changed = new Set([ago(30), ago(12)])
    expect(readBy(night(ledger, { changed }))).toEqual([
      [30, "changed"],
      [12, "changed"],
      [0, "new"],
    ])
  })

  it("fills small holes of any age, and leaves wide ones alone", () => {
    const ledger = sorted(closed(400), closed(398), closed(367), closed(300), ...everyDay(30, 1, closed))
    const found = readBy(night(ledger)).map(([days]) => days)
    const hole = Array.from({ length: 30 }, (_, index) => 397 - index)
    expect(found).toEqual([399, ...hole, 0])
    // One day wider, and nobody has asked for it yet.
    const wide = readBy(night(sorted(closed(400), closed(369), closed(337), ...everyDay(30, 1, closed))))
    expect(wide.map(([days]) => days)).toEqual([...Array.from({ length: 30 }, (_, index) => 399 - index), 0])
  })

  it("reads days that have been open for more than 30 days a week after their last reading", () => {
    const recent = everyDay(30, 1, closed)
    expect(readBy(night([open(200, 6), ...recent]))).toEqual([[0, "new"]])
    expect(readBy(night([open(200, 7), ...recent]))).toEqual([
      [200, "open"],
      [0, "new"],
    ])
    // The nightly run may come earlier than it did a week ago.
    expect(readBy(night([open(200, 7), ...recent], { now: nightOf(today) - 2 * 3_600_000 }))).toHaveLength(2)
    expect(readBy(night([open(30, 1), ...everyDay(29, 1, closed)]))).toContainEqual([30, "open"])
  })

  it("knows today by the archive's zone", () => {
    const lastMoment = workDay(today, zone).start - 1
    expect(planNightly(night([closed(3)], { now: lastMoment })).read.at(-1)!.day.date).toBe(ago(1))
    expect(planNightly(night([closed(3)], { now: lastMoment + 1 })).read.at(-1)!.day.date).toBe(today)
  })
})

describe("the closed days whose totals are asked for", () => {
  it("are those of the last 30 days that are not read anyway", () => {
    const ledger = sorted(
      closed(31),
      closed(30),
      open(20),
      failed(10),
      entry(ago(6), { error: "x" }),
      closed(2),
    )
    expect(closedDaysToAsk(ledger, zone, nightOf(today))).toEqual([
      { day: workDay(ago(30), zone), total: 10 },
      { day: workDay(ago(2), zone), total: 10 },
    ])
  })
})
