import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { addDays, dateOf, isCalendarDate, timeZone, workDay, workDays } from "./WorkDay.ts"

const zone = (name: string) => Option.getOrThrow(timeZone(name))
const seoul = zone("Asia/Seoul")
const hours = (day: { readonly start: number; readonly end: number }) => (day.end - day.start) / 3_600_000

describe("a work day", () => {
  it("is the calendar day of the archive's time zone, half-open", () => {
    expect(workDay("2021-09-12", seoul)).toEqual({
      date: "2021-09-12",
      start: Date.parse("2021-09-11T15:00:00Z"),
      end: Date.parse("2021-09-12T15:00:00Z"),
    })
    expect(workDay("2021-09-12", zone("UTC")).start).toBe(1631404800000)
    expect(workDay("2021-09-12", zone("+09:00"))).toEqual(workDay("2021-09-12", seoul))
  })

  it.each<[string, string, number]>([
    ["America/New_York", "2026-03-08", 23],
    ["America/New_York", "2026-11-01", 25],
    ["America/New_York", "2026-07-01", 24],
    ["Australia/Lord_Howe", "2026-10-04", 23.5],
    // Clocks went forward at midnight: the day begins at 01:00.
    ["America/Sao_Paulo", "2018-11-04", 23],
    // Korea's own summer time.
    ["Asia/Seoul", "1988-05-08", 23],
    ["Asia/Seoul", "1988-10-09", 25],
  ])("in %s %s has %d hours", (name, date, expected) => {
    const day = workDay(date, zone(name))
    expect(hours(day)).toBe(expected)
    expect(dateOf(day.start, zone(name))).toBe(date)
    expect(dateOf(day.start - 1, zone(name))).toBe(addDays(date, -1))
    expect(dateOf(day.end - 1, zone(name))).toBe(date)
  })

  const zones = [
    "Asia/Seoul",
    "UTC",
    "America/New_York",
    "America/Sao_Paulo",
    "Pacific/Apia",
    "Africa/Cairo",
    "Asia/Beirut",
    "+05:45",
  ]

  it("holds every instant that falls on its date, and no other", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 4_102_444_800_000 }), (name, ms) => {
        const { start, end } = workDay(dateOf(ms, zone(name)), zone(name))
        expect(start).toBeLessThanOrEqual(ms)
        expect(end).toBeGreaterThan(ms)
      }),
    )
  })

  it("touches its neighbours, in every zone and year", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 1, max: 36_000 }), (name, offset) => {
        const from = addDays("1970-01-01", offset)
        const days = workDays(from, addDays(from, 400), zone(name))
        expect(days.length).toBeGreaterThanOrEqual(399)
        expect(days[0]!.start).toBe(workDay(from, zone(name)).start)
        for (let index = 1; index < days.length; index++)
          expect(days[index]!.start).toBe(days[index - 1]!.end)
        expect(days).toEqual(days.map((day) => workDay(day.date, zone(name))))
      }),
      { numRuns: 30 },
    )
  })

  it("leaves out a date that its zone skipped as a whole", () => {
    const days = workDays("2011-12-28", "2012-01-02", zone("Pacific/Apia"))
    expect(days.map((day) => day.date)).toEqual(["2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01"])
    expect(days.map(hours)).toEqual([24, 24, 24, 24])
  })

  it("is none in an empty range", () => {
    expect(workDays("2021-09-12", "2021-09-12", seoul)).toEqual([])
    expect(workDays("2021-09-13", "2021-09-12", seoul)).toEqual([])
  })
})

describe("calendar dates", () => {
  it.each(["2021-09-12", "1970-01-01", "9999-12-31", "2024-02-29", "2000-02-29"])("%s exists", (date) => {
    expect(isCalendarDate(date)).toBe(true)
  })

  it.each([
    "2021-02-30",
    "2021-02-29",
    "1900-02-29",
    "2021-13-01",
    "2021-00-01",
    "2021-01-00",
    "1969-12-31",
    "0000-01-01",
    "2021-9-12",
    "2021/09/12",
    "20210912",
    "2021-09-12T00:00",
    " 2021-09-12",
    "2021-09-12\n",
    "",
    "+12021-09-12",
  ])("%j does not", (date) => {
    expect(isCalendarDate(date)).toBe(false)
  })

  it("count on over months, years and leap days", () => {
    expect(addDays("2024-02-28", 2)).toBe("2024-03-01")
    expect(addDays("2023-12-31", 1)).toBe("2024-01-01")
    expect(addDays("2024-03-01", -1)).toBe("2024-02-29")
    expect(addDays("2021-09-12", 0)).toBe("2021-09-12")
  })
})

describe("time zones", () => {
  it("are named or fixed", () => {
    expect(Option.map(timeZone("Asia/Seoul"), DateTime.zoneToString)).toEqual(Option.some("Asia/Seoul"))
    for (const name of ["+09:00", "-03:30", "+14:00", "-12:00", "+00:00"]) {
      expect(Option.map(timeZone(name), DateTime.zoneToString)).toEqual(Option.some(name))
    }
    expect(timeZone("+0900")).toEqual(timeZone("+09:00"))
  })

  it.each(["Seoul", "", "Asia/Seol", "+25:99", "+14:01", "-15:00", "+09:60", "+0009:00", "UTC+09:00"])(
    "%j is none",
    (name) => {
      expect(timeZone(name)).toEqual(Option.none())
    },
  )
})
