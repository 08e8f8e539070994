import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { inSpreadOrder } from "./inSpreadOrder.ts"

describe("the order of the pages of a walk", () => {
  it("names every page once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.nat({ max: 300 }), (first, more) => {
        const pages = inSpreadOrder(first, first + more)
        expect(pages.toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: more + 1 }, (_, index) => first + index),
        )
      }),
    )
  })

  it("spreads its beginning over all of them", () => {
    expect(inSpreadOrder(2, 17).slice(0, 4)).toEqual([2, 10, 6, 14])
  })

  it("is empty where there is nothing to ask for", () => {
    expect(inSpreadOrder(2, 1)).toEqual([])
  })
})
