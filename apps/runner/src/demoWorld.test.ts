/** The demo shows a month that has settled, and the same one whenever it is run. */
import { expect, it } from "vitest"
import { demoWorld } from "./demoWorld.ts"

const at = (instant: string) => demoWorld(Date.parse(instant))

/** The date of a day that the simulator counts from its first one. */
const dateOfDay = (day: number) =>
  new Date(Date.parse("2020-01-01") + day * 86_400_000).toISOString().slice(0, 10)

it("is 31 days, of which the last one ended a day ago in Seoul", () => {
  expect(at("2026-08-15T03:00:00+09:00")).toMatchObject({ from: "2026-07-14", to: "2026-08-14" })
  // Half past midnight in Seoul is still the day before in UTC.
  expect(at("2026-08-14T15:30:00Z")).toMatchObject({ from: "2026-07-14", to: "2026-08-14" })
  expect(at("2024-03-02T12:00:00+09:00")).toMatchObject({ from: "2024-01-30", to: "2024-03-01" })
})

it("counts the simulator's days from a fixed date to the present one, so that a day is always the same one", () => {
  for (const instant of ["2026-08-15T03:00:00+09:00", "2027-01-01T00:00:00+09:00"]) {
    const { simulator } = at(instant)
    expect(simulator.firstDay).toBe("2020-01-01")
    expect(simulator.seed).toBe(20210914)
    expect(dateOfDay(simulator.days! - 1)).toBe(instant.slice(0, 10))
  }
})

it.each([
  ["2026-08-20T12:00:00+09:00", "2026-08-14"],
  ["2026-08-16T12:00:00+09:00", "2026-08-14"],
  // The 14th is not shown yet: `to` is the day after the last one.
  ["2026-08-15T12:00:00+09:00", "2026-07-14"],
  ["2026-01-05T12:00:00+09:00", "2025-12-14"],
])("has its slow day on a 14th that it shows: at %s on %s", (instant, slowDay) => {
  const { from, to, simulator } = at(instant)
  expect(dateOfDay(simulator.slowDay!)).toBe(slowDay)
  expect(slowDay >= from && slowDay < to).toBe(true)
})

it("has fewer rows on Saturdays and Sundays", () => {
  const rowsOn = at("2026-08-15T12:00:00+09:00").simulator.rowsPerDay
  if (typeof rowsOn !== "function") throw new Error("rows are to depend on the day")
  // 2020-01-01 was a Wednesday.
  expect([0, 1, 2, 3, 4, 5, 6].map(rowsOn)).toEqual([4000, 4000, 4000, 2400, 2400, 4000, 4000])
})
