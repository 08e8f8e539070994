/** Calendars hold every day from the first to the last one, once. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { calendarBlocks, weeksOf } from "./calendarBlocks.ts"

describe("calendars", () => {
  it("are a block a year, of whole months", () => {
    expect(calendarBlocks("2025-08-21", "2026-02-20", false)).toEqual([
      { from: "2025-08-01", to: "2025-12-31" },
      { from: "2026-01-01", to: "2026-02-28" },
    ])
  })

  it("are two blocks a year on a phone, and none without a day", () => {
    expect(calendarBlocks("2025-08-21", "2026-07-02", true)).toEqual([
      { from: "2025-08-01", to: "2025-12-31" },
      { from: "2026-01-01", to: "2026-06-30" },
      { from: "2026-07-01", to: "2026-07-31" },
    ])
  })

  it("follow one upon the other, around the first and the last day", () => {
    const day = fc
      .integer({ min: 0, max: 20_000 })
      .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10))
    fc.assert(
      fc.property(day, day, fc.boolean(), (one, other, halves) => {
        const [first, last] = [one, other].toSorted() as [string, string]
        const blocks = calendarBlocks(first, last, halves)
        expect(blocks[0]!.from <= first && blocks.at(-1)!.to >= last).toBe(true)
        for (const [index, { to }] of blocks.slice(0, -1).entries())
          expect(Date.parse(blocks[index + 1]!.from) - Date.parse(to)).toBe(86_400_000)
        for (const block of blocks) expect(weeksOf(block)).toBeLessThanOrEqual(halves ? 28 : 54)
      }),
    )
  })

  it("have a column for each week that begins on Monday", () => {
    expect(weeksOf({ from: "2026-06-01", to: "2026-06-30" })).toBe(5)
    expect(weeksOf({ from: "2026-08-01", to: "2026-08-31" })).toBe(6)
  })
})
