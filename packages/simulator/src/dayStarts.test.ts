import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { dateOf, dayStarts } from "./dayStarts.ts"

const hours = (firstDay: string) => {
  const [start, end] = dayStarts("America/New_York", firstDay, 2)
  return (end! - start!) / 3_600_000
}

describe("dayStarts", () => {
  it("starts Korean days at 15:00 UTC of the day before", () => {
    const starts = [...dayStarts("Asia/Seoul", "2021-09-12", 2)].map((ms) => new Date(ms).toISOString())
    expect(starts).toEqual(["2021-09-11T15:00:00.000Z", "2021-09-12T15:00:00.000Z"])
  })

  it("knows days of 23 and 25 hours", () => {
    expect([hours("2025-03-08"), hours("2025-03-09"), hours("2025-11-02")]).toEqual([24, 23, 25])
  })

  it("begins a day that has no midnight, since clocks leap over it, with what comes instead", () => {
    const [start] = dayStarts("Pacific/Apia", "2010-09-26", 1)
    expect([dateOf("Pacific/Apia", start!), dateOf("Pacific/Apia", start! - 1)]).toEqual([
      "2010-09-26",
      "2010-09-25",
    ])
  })

  it("finds a start that belongs to its day, and a millisecond before it that does not", () => {
    const zones = [
      "Asia/Seoul",
      "UTC",
      "America/New_York",
      "Asia/Kolkata",
      "Australia/Lord_Howe",
      "Pacific/Apia",
    ]
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 20_000 }), (zone, day) => {
        const date = new Date(day * 86_400_000).toISOString().slice(0, 10)
        // Pacific/Apia had no 2011-12-30.
        fc.pre(date !== "2011-12-30")
        const [start] = dayStarts(zone, date, 1)
        expect(dateOf(zone, start!)).toBe(date)
        expect(dateOf(zone, start! - 1) < date).toBe(true)
      }),
    )
  })

  it("refuses what is no date and no zone", () => {
    expect(() => dayStarts("Asia/Seoul", "2021-9-12", 1)).toThrow(/not a date/)
    expect(() => dayStarts("Asia/Seoul", "2021-13-12", 1)).toThrow(/not a date/)
    expect(() => dayStarts("Mars/Base", "2021-09-12", 1)).toThrow(/time zone/)
  })
})
