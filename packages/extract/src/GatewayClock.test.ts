import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { GatewayClock, parseHttpDate } from "./GatewayClock.ts"

const start = Date.parse("2026-09-12T03:00:00Z")
const httpDate = (ms: number) => new Date(Math.floor(ms / 1_000) * 1_000).toUTCString()

/** An exchange with a gateway whose clock is `skew` ms ahead of ours, that answers at once. */
const exchange = (clock: GatewayClock, skew: number, sentAt = start, latency = 40) =>
  clock.observe(httpDate(sentAt + latency / 2 + skew), sentAt, sentAt + latency)

describe("GatewayClock", () => {
  it("is the local clock before the first answer, and while answers name no time", () => {
    const clock = new GatewayClock()
    expect(clock.offset).toBe(0)
    clock.observe(undefined, start, start)
    clock.observe("yesterday", start, start)
    clock.observe("2026-09-12T09:00:00Z", start, start)
    expect(clock.offset).toBe(0)
  })

  it("leaves a clock alone that is off by up to 2 s", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -2_000, max: 2_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        (skew, latency) => {
          const clock = new GatewayClock()
          exchange(clock, skew, start, latency)
          expect(clock.offset).toBe(0)
        },
      ),
    )
  })

  it("estimates a larger difference to within the second that a Date header names and the time an answer takes", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -86_400_000, max: 86_400_000 }).filter((skew) => Math.abs(skew) > 4_000),
        fc.integer({ min: 0, max: 1_000 }),
        fc.integer({ min: 0, max: 999 }),
        (skew, latency, phase) => {
          const clock = new GatewayClock()
          exchange(clock, skew, start + phase, latency)
          expect(Math.abs(clock.offset - skew)).toBeLessThanOrEqual(500 + latency)
        },
      ),
    )
  })

  it("comes closer with every answer", () => {
    const clock = new GatewayClock()
    for (let second = 0; second < 60; second++) exchange(clock, 600_123, start + second * 1_037)
    expect(Math.abs(clock.offset - 600_123)).toBeLessThan(50)
  })

  it("does not believe a single answer that contradicts the others, but two that agree", () => {
    const clock = new GatewayClock()
    exchange(clock, 0)
    exchange(clock, 7_200_000, start + 1_000)
    expect(clock.offset).toBe(0)
    exchange(clock, 0, start + 2_000)
    exchange(clock, 7_200_000, start + 3_000)
    expect(clock.offset).toBe(0)
    exchange(clock, 7_200_000, start + 4_000)
    expect(Math.abs(clock.offset - 7_200_000)).toBeLessThan(1_000)
  })

  it("believes at once an answer that refuses our own time", () => {
    const clock = new GatewayClock()
    exchange(clock, 0)
    clock.observe(httpDate(start - 600_000), start, start + 40, true)
    expect(Math.abs(clock.offset + 600_000)).toBeLessThan(1_000)
  })

  it("does not go back when the local clock leaps back, until answers say what time it is", () => {
    const clock = new GatewayClock()
    expect(clock.now(start)).toBe(start)
    const hour = 3_600_000
    exchange(clock, -26 * hour, start + 26 * hour)
    const before = clock.now(start + 26 * hour)
    expect(Math.abs(before - start)).toBeLessThan(1_000)
    expect(clock.now(start + 1_000)).toBe(before)
    exchange(clock, 0, start + 2_000)
    expect(clock.now(start + 2_000)).toBe(before)
    exchange(clock, 0, start + 3_000)
    expect(clock.now(start + 3_000)).toBe(start + 3_000)
  })

  it("goes back with an answer that refuses our own time", () => {
    const clock = new GatewayClock()
    exchange(clock, 0)
    expect(clock.now(start + 93_600_000)).toBe(start + 93_600_000)
    clock.observe(httpDate(start), start + 93_600_000, start + 93_600_040, true)
    expect(Math.abs(clock.now(start + 93_600_040) - start)).toBeLessThan(1_000)
  })

  it("tells when a request was sent by its own answer, where the clocks have drifted apart by more than a minute since", () => {
    const hours = fc.integer({ min: -50, max: 50 }).map((hours) => hours * 3_600_000)
    fc.assert(
      fc.property(hours, hours, fc.integer({ min: 0, max: 30_000 }), (known, skew, tookMs) => {
        const clock = new GatewayClock()
        exchange(clock, known)
        const sentAt = start + skew
        const told = clock.timeOf(sentAt, httpDate(start + tookMs), tookMs)
        const believed = sentAt + clock.offset
        const isRight = known === -skew
        expect(Math.abs(told - start)).toBeLessThanOrEqual(isRight ? 2_000 : 1_000)
        expect(told === believed).toBe(isRight)
        expect(clock.timeOf(sentAt, undefined, tookMs)).toBe(believed)
      }),
    )
  })
})

describe("parseHttpDate", () => {
  it("reads what HTTP writes, and nothing else", () => {
    expect(parseHttpDate("Wed, 12 Sep 2018 05:00:00 GMT")).toBe(Date.parse("2018-09-12T05:00:00Z"))
    for (const text of [undefined, "", "12", "Wed, 12 Sep 2018 05:00:00", "Wed, 99 Sep 2018 05:00:00 GMT"]) {
      expect(parseHttpDate(text)).toBeUndefined()
    }
  })
})
