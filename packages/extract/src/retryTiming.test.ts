import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { defaultRetryLimits, parseRetryAfter, retryDelay } from "./retryTiming.ts"

const failed = { attempt: 1, spentMs: 0, retryAfterMs: null, random: 0.5 }

describe("retryDelay", () => {
  it.each([
    [1, 100],
    [2, 200],
    [3, 400],
    [4, 800],
    [7, 6_400],
  ])("after attempt %i waits half of its ceiling where the dice show the middle: %i ms", (attempt, delay) => {
    expect(retryDelay({ ...failed, attempt }, defaultRetryLimits)?.delayMs).toBe(delay)
  })

  it("does not double beyond the cap", () => {
    const limits = { ...defaultRetryLimits, attempts: 100 }
    expect(retryDelay({ ...failed, attempt: 40 }, limits)?.delayMs).toBe(10_000)
  })

  it("gives up after the last attempt, and where the time is up", () => {
    expect(retryDelay({ ...failed, attempt: 8 }, defaultRetryLimits)).toBeUndefined()
    expect(retryDelay({ ...failed, spentMs: 119_900 }, defaultRetryLimits)).toBeDefined()
    expect(retryDelay({ ...failed, spentMs: 119_901 }, defaultRetryLimits)).toBeUndefined()
  })

  it("waits as long as the gateway asks, on top of the jitter and outside of the time allowed", () => {
    const asked = retryDelay({ ...failed, spentMs: 119_000, retryAfterMs: 7_000 }, defaultRetryLimits)
    expect(asked).toEqual({ delayMs: 7_100, backoffMs: 100 })
  })

  it("waits no more than 5 minutes, whatever the gateway asks", () => {
    expect(retryDelay({ ...failed, retryAfterMs: 86_400_000 }, defaultRetryLimits)?.delayMs).toBe(300_100)
  })

  it("stays between what was asked for and what was asked for plus the ceiling, and spreads over all of it", () => {
    const attempt = fc.record({
      attempt: fc.integer({ min: 1, max: 7 }),
      spentMs: fc.integer({ min: 0, max: 60_000 }),
      retryAfterMs: fc.option(fc.integer({ min: 0, max: 300_000 })),
      random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    })
    fc.assert(
      fc.property(attempt, (failed) => {
        const next = retryDelay(failed, defaultRetryLimits)
        const asked = failed.retryAfterMs ?? 0
        expect(next?.delayMs).toBeGreaterThanOrEqual(asked)
        expect(next?.delayMs).toBeLessThan(asked + 200 * 2 ** (failed.attempt - 1))
        expect(next?.delayMs).toBe(asked + next!.backoffMs)
      }),
    )
    expect(retryDelay({ ...failed, random: 0 }, defaultRetryLimits)?.delayMs).toBe(0)
    expect(retryDelay({ ...failed, random: 0.9999 }, defaultRetryLimits)?.delayMs).toBe(199)
  })
})

describe("parseRetryAfter", () => {
  const now = Date.parse("2026-09-12T03:00:00Z")
  it.each([
    ["0", 0],
    ["17", 17_000],
    [" 17 ", 17_000],
    ["Sat, 12 Sep 2026 03:02:00 GMT", 120_000],
    ["Sat, 12 Sep 2026 02:58:00 GMT", null],
    ["-3", null],
    ["1.5", null],
    ["soon", null],
    ["", null],
    [undefined, null],
    ["99999999999999999999", null],
  ])("reads %s as %s ms", (header, ms) => {
    expect(parseRetryAfter(header, now)).toBe(ms)
  })
})
