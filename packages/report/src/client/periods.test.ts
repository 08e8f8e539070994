/** Days, weeks and months of a report: nothing is lost, and nothing is counted twice. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { tenYears } from "../reportShapes.fixture.ts"
import { failureShare, outcomesOf, periodsOf, periodStart, usualUnit } from "./periods.ts"

describe("periods", () => {
  it("begin on Monday, or with the month", () => {
    expect(["2026-08-16", "2026-08-17", "2026-08-23"].map((day) => periodStart(day, "week"))).toEqual([
      "2026-08-10",
      "2026-08-17",
      "2026-08-17",
    ])
    // Over the end of a year.
    expect(periodStart("2027-01-01", "week")).toBe("2026-12-28")
    expect(periodStart("2026-08-31", "month")).toBe("2026-08")
  })

  it("hold together what their days hold, in order", () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 3000 }),
        fc.nat({ max: 600 }),
        fc.constantFrom("day", "week", "month"),
        (first, count, unit) => {
          const days = tenYears.days.slice(first, first + count)
          const periods = periodsOf(days, unit)
          expect(outcomesOf(periods)).toEqual(outcomesOf(days))
          const starts = periods.map(({ start }) => start)
          expect(starts).toEqual([...new Set(starts)].toSorted())
        },
      ),
      { numRuns: 50 },
    )
  })

  it("are such that a chart has not too many of them", () => {
    expect([31, 100, 365, 750, 3652].map(usualUnit)).toEqual(["day", "day", "week", "week", "month"])
  })

  it("tell no share of failures where nothing ended", () => {
    expect(failureShare({ complete: 0, failure: 0 })).toBeNull()
    expect(failureShare({ complete: 3, failure: 1 })).toBe(0.25)
  })
})
