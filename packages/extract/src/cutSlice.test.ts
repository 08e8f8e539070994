import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { widthOf } from "./Slice.ts"
import { cutIntoCells, cutToFit } from "./cutSlice.ts"

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

describe("cutToFit", () => {
  it("cuts into touching parts that cover the whole, none empty", () => {
    fc.assert(
      fc.property(
        slice,
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 1000 }),
        (whole, total, size) => {
          fc.pre(total / size < 5000)
          expectPartition(whole, cutToFit(whole, total, size))
        },
      ),
    )
  })

  it("makes parts of about 0.7 page, and always at least two", () => {
    const day = { from: 0, before: 86_400_000 }
    expect(cutToFit(day, 7000, 1000)).toHaveLength(10)
    expect(cutToFit(day, 1001, 1000)).toHaveLength(2)
    expect(cutToFit(day, 3, 1000)).toHaveLength(2)
  })

  it("never cuts below 1 ms", () => {
    expect(cutToFit({ from: 5, before: 8 }, 1e6, 1000)).toEqual([
      { from: 5, before: 6 },
      { from: 6, before: 7 },
      { from: 7, before: 8 },
    ])
    expect(cutToFit({ from: 5, before: 6 }, 1e6, 1000)).toEqual([{ from: 5, before: 6 }])
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
