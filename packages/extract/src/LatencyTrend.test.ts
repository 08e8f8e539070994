/** When growing latency is put down to how much is asked at once, and when it is not. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Advice } from "./LatencyTrend.ts"
import { LatencyTrend } from "./LatencyTrend.ts"

const wait = (ms: number, idleMs = ms) => ({ elapsedMs: ms, idleMs })

/** A round of answers; its advice. */
const round = (trend: LatencyTrend, ms: (index: number) => number, idleMs?: number): Advice | undefined => {
  for (let index = 0; index < 15; index++)
    expect(trend.see(wait(ms(index), idleMs ?? ms(index)), 4)).toBeUndefined()
  return trend.see(wait(ms(15), idleMs ?? ms(15)), 4)
}

const rounds = (trend: LatencyTrend, count: number, ms: number) =>
  Array.from({ length: count }, () => round(trend, () => ms))

const mayGrow = { mayGrow: true }

describe("a trend of latency", () => {
  it("advises to grow while it stays low", () => {
    expect(rounds(new LatencyTrend(), 50, 100)).toEqual(Array.from({ length: 50 }, () => mayGrow))
  })

  it("advises a cut, and no growth, once latency has more than doubled, and half at most", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 10, max: 1_000 }),
        fc.double({ min: 3.2, max: 50, noNaN: true }),
        (ms, growth) => {
          const trend = new LatencyTrend()
          rounds(trend, 3, ms)
          const advice = round(trend, () => ms * growth)
          expect(advice?.mayGrow).toBe(false)
          expect(advice?.cutTo).toBeGreaterThanOrEqual(0.5)
          expect(advice?.cutTo).toBeLessThan(0.75)
        },
      ),
    )
  })

  it("advises to stay where latency has grown by less than that", () => {
    const trend = new LatencyTrend()
    rounds(trend, 3, 100)
    expect(rounds(trend, 5, 170).at(-1)).toEqual({ mayGrow: false })
  })

  it("takes no notice of one slow or one quick answer in a round, nor of a few milliseconds", () => {
    const trend = new LatencyTrend()
    rounds(trend, 3, 100)
    for (const odd of [1, 2_000]) expect(round(trend, (index) => (index === 3 ? odd : 100))).toEqual(mayGrow)
    expect(rounds(trend, 10, 100).at(-1)).toEqual(mayGrow)
    const quick = new LatencyTrend()
    rounds(quick, 3, 1)
    expect(rounds(quick, 5, 5).at(-1)).toEqual(mayGrow)
  })

  it("takes no notice of latency in which we were busy ourselves", () => {
    const trend = new LatencyTrend()
    rounds(trend, 3, 20)
    for (let count = 0; count < 100; count++) expect(trend.see(wait(300, 15), 4)).toBeUndefined()
    // Half of the time: it may have taken 70 ms, but 35 are all that is known.
    for (let count = 0; count < 10; count++) {
      expect(round(trend, () => 70, 35)?.cutTo).toBeUndefined()
    }
  })

  it("is not made to think that the gateway is slow by being busy at first", () => {
    const trend = new LatencyTrend()
    for (let count = 0; count < 100; count++) trend.see(wait(400, 15), 4)
    rounds(trend, 1, 20)
    expect(round(trend, () => 100)?.cutTo).toBeDefined()
  })

  it("takes a latency that a cut did not lower for the gateway's own, and advises to grow again", () => {
    const trend = new LatencyTrend()
    rounds(trend, 3, 100)
    expect(round(trend, () => 400)?.cutTo).toBeDefined()
    trend.restart()
    expect(rounds(trend, 20, 400)).toEqual(Array.from({ length: 20 }, () => mayGrow))
  })

  it("goes on cutting as long as that helps", () => {
    const trend = new LatencyTrend()
    rounds(trend, 3, 100)
    const cuts: Array<number | undefined> = []
    for (const ms of [800, 500, 300, 140]) {
      cuts.push(round(trend, () => ms)?.cutTo)
      trend.restart()
    }
    expect(cuts.map((cut) => cut !== undefined)).toEqual([true, true, true, false])
  })

  it("looks for a new baseline with one deep cut where no round came near the old one for long", () => {
    const trend = new LatencyTrend()
    rounds(trend, 1, 100)
    const advice = rounds(trend, 40, 140)
    const asked = advice.findIndex((advice) => advice?.cutTo !== undefined)
    expect(asked).toBeGreaterThan(20)
    expect(advice[asked]).toEqual({ mayGrow: false, cutTo: 0.25 })
    expect(rounds(trend, 60, 140)).toEqual(Array.from({ length: 60 }, () => mayGrow))
  })

  it("waits for a whole round trip before it says anything", () => {
    const trend = new LatencyTrend()
    for (let count = 1; count < 32; count++) expect(trend.see(wait(50), 32)).toBeUndefined()
    expect(trend.see(wait(50), 32)).toEqual(mayGrow)
  })
})
