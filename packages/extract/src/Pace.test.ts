/** When requests may begin: never more than the rate in a second, evenly, and no time lost by late timers. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { Pace } from "./Pace.ts"

/** The beginnings of requests that are ready at once, where each timer fires late by what `late` says. */
const beginnings = (intervalMs: number, count: number, late: (index: number) => number = () => 0) => {
  const pace = new Pace()
  const starts: Array<number> = []
  let now = 1_000
  for (let index = 0; index < count; index++) {
    const wait = pace.waitMs(now)
    if (wait > 0) now += wait + late(index)
    pace.begins(now, intervalMs)
    starts.push(now)
  }
  return starts
}

describe("a pace", () => {
  it("spaces requests evenly, beginning at once", () => {
    expect(beginnings(250, 5)).toEqual([1_000, 1_250, 1_500, 1_750, 2_000])
  })

  it("lets in no second begin more than its rate and a tenth, however late timers are and however long nothing was asked", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1_000, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 20 }),
        (perSecond, lateness) => {
          const starts = beginnings(1_000 / perSecond, 2_000, (index) => lateness[index % lateness.length]!)
          let first = 0
          for (const [index, start] of starts.entries()) {
            while (starts[first]! <= start - 1_000) first++
            expect(index - first + 1).toBeLessThanOrEqual(Math.ceil(perSecond * 1.1) + 1)
          }
        },
      ),
      { numRuns: 50 },
    )
  })

  it("keeps its rate although timers are late by some milliseconds", () => {
    const starts = beginnings(5, 1_001, (index) => index % 20)
    expect(starts.at(-1)! - starts[0]!).toBeLessThan(1_000 * 5 + 50)
  })

  it("does not make up for a pause in which nothing was asked", () => {
    const pace = new Pace()
    pace.begins(0, 500)
    pace.begins(60_000, 500)
    expect(pace.waitMs(60_000)).toBe(500)
  })
})
