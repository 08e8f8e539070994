import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { widthOf } from "./Slice.ts"
import { cutIntoCells, halve, isCuttable, partsToFit } from "./cutSlice.ts"

const slice = fc
  .record({ from: fc.integer({ min: 0, max: 1e12 }), width: fc.integer({ min: 1, max: 86_400_000 }) })
  .map(({ from, width }) => ({ from, before: from + width }))

const expectPartition = (
  whole: { from: number; before: number },
  parts: ReadonlyArray<{ from: number; before: number }>,
) => {
  expect(parts[0]?.from).toBe(whole.from)
  expect(parts.at(-1)?.before).toBe(whole.before)
  for (const [index, part] of parts.entries()) {
    expect(widthOf(part)).toBeGreaterThan(0)
    if (index > 0) expect(part.from).toBe(parts[index - 1]!.before)
  }
}

describe("partsToFit", () => {
  it("leaves more room where it is not known how the rows are spread, and cuts at least in two", () => {
    expect(partsToFit(7000, 1000, false)).toBe(10)
    expect(partsToFit(8500, 1000, true)).toBe(10)
    expect(partsToFit(1001, 1000, true)).toBe(2)
    expect(partsToFit(3, 1000, false)).toBe(2)
  })
})

describe("halve", () => {
  it("cuts in the middle, at a multiple of the grain, into two parts that are not empty", () => {
    fc.assert(
      fc.property(slice, fc.constantFrom(1, 1000, 60_000), (whole, grain) => {
        fc.pre(isCuttable(whole, grain))
        const halves = halve(whole, grain)
        expectPartition(whole, halves)
        expect(halves[0].before % grain).toBe(0)
      }),
    )
  })

  it("cannot cut a millisecond, nor a minute where borders must be whole minutes", () => {
    expect(isCuttable({ from: 5, before: 6 }, 1)).toBe(false)
    expect(isCuttable({ from: 5, before: 7 }, 1)).toBe(true)
    expect(isCuttable({ from: 60_000, before: 120_000 }, 60_000)).toBe(false)
    expect(isCuttable({ from: 59_999, before: 60_001 }, 60_000)).toBe(true)
  })
})

describe("cutIntoCells", () => {
  it("cuts into equal cells, of which the last may be shorter", () => {
    fc.assert(
      fc.property(slice, fc.integer({ min: 60_000, max: 86_400_000 }), (whole, resolution) => {
        const cells = cutIntoCells(whole, resolution)
        expectPartition(whole, cells)
        for (const cell of cells.slice(0, -1)) expect(widthOf(cell)).toBe(resolution)
      }),
    )
  })

  it("cuts a day of 23 hours into 23 cells of an hour", () => {
    expect(cutIntoCells({ from: 0, before: 23 * 3_600_000 }, 3_600_000)).toHaveLength(23)
  })
})
