import { describe, expect, it } from "vitest"
import { ratiosOf, spreadOf, spreadText } from "./Spread.ts"

describe("a spread", () => {
  it("has the middle value as its median, or the middle of the middle two", () => {
    expect(spreadOf([7])).toEqual({ min: 7, median: 7, max: 7 })
    expect(spreadOf([3, 1, 10])).toEqual({ min: 1, median: 3, max: 10 })
    expect(spreadOf([10, 1, 3, 4])).toEqual({ min: 1, median: 3.5, max: 10 })
  })

  it("of ratios is taken pair by pair", () => {
    expect(
      spreadText(
        ratiosOf([
          [1, 2],
          [30, 20],
          [4, 4],
        ]),
      ),
    ).toBe("1.00 (0.50 to 1.50)")
  })
})
