import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { driftedOrder } from "./driftedOrder.ts"

const cases = fc.record({
  total: fc.integer({ min: 0, max: 300 }),
  share: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
  seed: fc.integer(),
})

const outOfOrder = (order: ReadonlyArray<number>) => {
  // Rows that are not in the longest run of the plain order are those that were moved.
  const best: Array<number> = []
  for (const value of order) {
    const at = best.findIndex((end) => end >= value)
    best[at < 0 ? best.length : at] = value
  }
  return order.length - best.length
}

describe("driftedOrder", () => {
  it("is a permutation, whose pages are parts of one and the same order", () => {
    fc.assert(
      fc.property(cases, fc.integer({ min: 1, max: 40 }), ({ total, share, seed }, size) => {
        const whole = driftedOrder(total, share, seed, 0, total)
        expect(whole.toSorted((a, b) => a - b)).toEqual(Array.from({ length: total }, (_, index) => index))
        const pages = Array.from({ length: Math.ceil(total / size) }, (_, page) =>
          driftedOrder(total, share, seed, page * size, (page + 1) * size),
        )
        expect(pages.flat()).toEqual(whole)
      }),
    )
  })

  it("is the plain order without drift, and empty past the end", () => {
    expect(driftedOrder(5, 0, 1, 1, 4)).toEqual([1, 2, 3])
    expect(driftedOrder(5, 0, 1, 3, 9)).toEqual([3, 4])
    expect(driftedOrder(5, 0.5, 1, 5, 9)).toEqual([])
  })

  it("moves about the share of rows between two requests, however small a list is", () => {
    const total = 50
    let moved = 0
    for (let seed = 0; seed < 2_000; seed++) moved += outOfOrder(driftedOrder(total, 0.04, seed, 0, total))
    // Half of the share is out of its place at each request.
    expect(moved / 2_000 / total).toBeGreaterThan(0.016)
    expect(moved / 2_000 / total).toBeLessThan(0.021)
  })
})
