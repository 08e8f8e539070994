import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { windowRange, type WindowOptions } from "./windowRange.ts"

const documented: WindowOptions = {
  fromInclusive: true,
  toInclusive: true,
  boundUnit: "ms",
  boundCut: "bounds",
  swapped: false,
  windowIgnored: false,
  longestWindowMs: null,
  reversedWindow: "empty",
}

const units = { ms: 1, s: 1_000, min: 60_000 }

const options = fc.record<WindowOptions>({
  fromInclusive: fc.boolean(),
  toInclusive: fc.boolean(),
  boundUnit: fc.constantFrom("ms", "s", "min"),
  boundCut: fc.constantFrom("bounds", "both"),
  swapped: fc.boolean(),
  windowIgnored: fc.boolean(),
  longestWindowMs: fc.constantFrom(null, 60_000),
  reversedWindow: fc.constantFrom("empty", "all", "swap", "error"),
})

/** The same rules, said row by row. */
const selects = (ms: number, from: number, to: number, o: WindowOptions): boolean | "error" => {
  if (o.windowIgnored) return true
  let [start, end] = o.swapped ? [to, from] : [from, to]
  if (start > end) {
    if (o.reversedWindow === "error") return "error"
    if (o.reversedWindow !== "swap") return o.reversedWindow === "all"
    ;[start, end] = [end, start]
  }
  if (o.longestWindowMs !== null && end - start > o.longestWindowMs) return "error"
  const cut = (value: number) => value - (value % units[o.boundUnit])
  const time = o.boundCut === "both" ? cut(ms) : ms
  return (
    (o.fromInclusive ? time >= cut(start) : time > cut(start)) &&
    (o.toInclusive ? time <= cut(end) : time < cut(end))
  )
}

describe("windowRange", () => {
  it("selects the rows that a comparison row by row selects", () => {
    const near = fc.integer({ min: 0, max: 400_000 })
    fc.assert(
      fc.property(near, near, near, options, (ms, from, to, o) => {
        const range = windowRange(from, to, o)
        const actual = range === "error" ? "error" : ms >= range.from && ms < range.before
        expect(actual).toBe(selects(ms, from, to, o))
      }),
      { numRuns: 2_000 },
    )
  })

  it("leaves a side open that is not given", () => {
    expect(windowRange(undefined, undefined, documented)).toEqual({ from: -Infinity, before: Infinity })
    expect(windowRange(5, undefined, documented)).toEqual({ from: 5, before: Infinity })
    expect(windowRange(undefined, 5, documented)).toEqual({ from: -Infinity, before: 6 })
    expect(windowRange(undefined, 5, { ...documented, swapped: true })).toEqual({ from: 5, before: Infinity })
  })

  it("loses the last second of a day where bounds are cut to seconds and rows are not", () => {
    const range = windowRange(0, 86_399_999, { ...documented, boundUnit: "s" })
    expect(range).toEqual({ from: 0, before: 86_399_001 })
  })
})
