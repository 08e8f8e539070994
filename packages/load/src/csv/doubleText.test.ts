/** Doubles as PostgreSQL prints them. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { doubleText } from "./doubleText.ts"

describe("doubleText", () => {
  // What `SELECT x::double precision` prints, PostgreSQL 18.
  it.each([
    [0, "0"],
    [-0, "-0"],
    [100, "100"],
    [99.5, "99.5"],
    [0.1 + 0.2, "0.30000000000000004"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [123_456_789_012_345, "123456789012345"],
    [1e15, "1e+15"],
    [1_234_567_890_123_456, "1.234567890123456e+15"],
    [-1e100, "-1e+100"],
    [Number.MAX_VALUE, "1.7976931348623157e+308"],
    [Number.NaN, "NaN"],
    [-Infinity, "-Infinity"],
  ])("%d is %s", (value, text) => {
    expect(doubleText(value)).toBe(text)
  })

  it("reads back as the same number", () =>
    fc.assert(
      fc.property(fc.double(), (value) => Object.is(Number(doubleText(value)), value)),
      { numRuns: 2_000 },
    ))
})
