import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { DayShape } from "./DayShape.ts"
import type { Slice } from "./Slice.ts"
import { widthOf } from "./Slice.ts"

const day: Slice = { from: 1_000_000, before: 1_000_000 + 86_400_000 }
const hour = 3_600_000

/** A day of `rows` rows, of which each hour has the share that `weights` says, told in slices of an hour. */
const hourly = (weights: ReadonlyArray<number>) =>
  weights.map((total, index) => ({
    slice: { from: day.from + index * hour, before: day.from + (index + 1) * hour },
    total,
  }))

const slices = fc
  .tuple(fc.nat({ max: widthOf(day) - 1 }), fc.nat({ max: widthOf(day) - 1 }))
  .map(([a, b]) => ({ from: day.from + Math.min(a, b), before: day.from + Math.max(a, b) + 1 }))
const shapes = fc.array(fc.nat({ max: 1000 }), { minLength: 24, maxLength: 24 }).map((weights) => {
  const shape = new DayShape()
  shape.learn(day, hourly(weights))
  return shape
})

describe("cutting a slice", () => {
  it("gives touching parts that cover it, none empty, their borders at multiples of the grain", () => {
    fc.assert(
      fc.property(
        shapes,
        slices,
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom(1, 1000, 60_000),
        (shape, slice, parts, grain) => {
          const cut = shape.cut(day, slice, parts, grain)
          expect(cut.length).toBeLessThanOrEqual(parts)
          expect(cut[0]!.from).toBe(slice.from)
          expect(cut.at(-1)!.before).toBe(slice.before)
          for (const [index, part] of cut.entries()) {
            expect(widthOf(part)).toBeGreaterThan(0)
            if (index === 0) continue
            expect(part.from).toBe(cut[index - 1]!.before)
            expect(part.from % grain).toBe(0)
          }
        },
      ),
    )
  })

  it("gives as many parts as were asked for, as long as there are that many milliseconds", () => {
    const shape = new DayShape()
    expect(shape.cut(day, day, 7, 1)).toHaveLength(7)
    expect(shape.cut(day, { from: day.from, before: day.from + 3 }, 7, 1)).toHaveLength(3)
    expect(shape.cut(day, { from: day.from, before: day.from + 1 }, 7, 1)).toHaveLength(1)
  })

  it("is even while nothing is known", () => {
    const widths = new DayShape().cut(day, day, 8, 1).map(widthOf)
    expect(Math.max(...widths) - Math.min(...widths)).toBeLessThanOrEqual(1)
  })

  it("makes parts narrow where the day was busy", () => {
    const shape = new DayShape()
    shape.learn(
      day,
      hourly(Array.from({ length: 24 }, (_, index) => (index >= 9 && index < 18 ? 1000 : 100))),
    )
    const parts = shape.cut(day, day, 20, 1)
    const inOffice = parts.filter(
      ({ from, before }) => from >= day.from + 9 * hour && before <= day.from + 18 * hour,
    )
    expect(inOffice.length).toBeGreaterThanOrEqual(13)
    for (const part of inOffice) expect(widthOf(part)).toBeLessThan(hour)
  })

  it("learns nothing from a day that was read in one piece", () => {
    const shape = new DayShape()
    shape.learn(day, [{ slice: day, total: 500 }])
    expect(shape.isKnown).toBe(false)
  })
})
