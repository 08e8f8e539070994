/** The time left as people look at it: it counts down, and does not jump. */
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { SteadyTime } from "./SteadyTime.ts"
import { leftInWords, steadyTime } from "./SteadyTime.ts"

const frame = 100

/** What is shown from frame to frame while the estimates change. */
const show = (estimates: ReadonlyArray<number>) => {
  let time: SteadyTime | undefined
  return estimates.map((estimate, index) => {
    time = steadyTime(time, estimate, index * frame)
    return time.end - index * frame
  })
}

describe("a steady time", () => {
  it("is the first estimate at first", () => {
    expect(show([60_000])).toEqual([60_000])
  })

  it("counts down where the estimates do", () => {
    const estimates = Array.from({ length: 300 }, (_, index) => 60_000 - index * frame)
    for (const [index, left] of show(estimates).entries()) expect(left).toBeCloseTo(estimates[index]!, 3)
  })

  it("does not jump, whatever the estimates do", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 20_000, max: 600_000 }), { minLength: 2, maxLength: 100 }),
        (estimates) => {
          const shown = show(estimates)
          for (let index = 1; index < shown.length; index++) {
            // At most a fiftieth of how far off the estimate is, at ten pictures a second.
            const off = Math.abs(estimates[index]! - (shown[index - 1]! - frame))
            expect(Math.abs(shown[index]! - (shown[index - 1]! - frame))).toBeLessThanOrEqual(off / 49)
          }
        },
      ),
    )
  })

  it("comes to what the estimates say, if they go on saying it", () => {
    const shown = show([600_000, ...Array.from({ length: 600 }, () => 300_000)])
    expect(Math.abs(shown.at(-1)! - 300_000)).toBeLessThan(10_000)
  })

  it("comes to nothing in the end", () => {
    const shown = show([
      ...Array.from({ length: 50 }, (_, index) => 20_000 - index * frame),
      ...Array(50).fill(0),
    ])
    expect(shown.at(-1)).toBeLessThan(1_000)
  })
})

describe("in words", () => {
  it.each([
    [0, "about 0 s left"],
    [-500, "about 0 s left"],
    [4_200, "about 5 s left"],
    [11_000, "about 15 s left"],
    [59_000, "about 1 min left"],
    [61_000, "about 1 min 30 s left"],
    [299_000, "about 5 min left"],
    [301_000, "about 6 min left"],
    [3_601_000, "about 1 h 05 min left"],
    [36_000_000, "about 10 h left"],
  ])("%i ms are %s", (left, words) => {
    expect(leftInWords({ end: left, at: 0 }, 0)).toBe(words)
  })
})
