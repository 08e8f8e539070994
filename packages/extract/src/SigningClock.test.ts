import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { SigningClock } from "./SigningClock.ts"

const start = 1_755_590_820_000
const minute = 60_000

describe("SigningClock", () => {
  it("gives the time where it goes on", () => {
    const clock = new SigningClock()
    expect([start, start + 5, start + 5 * minute].map((now) => clock.next(now))).toEqual([
      start,
      start + 5,
      start + 5 * minute,
    ])
  })

  it("goes on by a millisecond where the clock stands still or goes back", () => {
    const clock = new SigningClock()
    expect([start, start, start - 60 * minute, start + 1, start + 10].map((now) => clock.next(now))).toEqual([
      start,
      start + 1,
      start + 2,
      start + 3,
      start + 10,
    ])
  })

  it("goes back after a restart, and passes over what it had given when time comes upon it", () => {
    const clock = new SigningClock()
    const ahead = start + 10 * minute
    expect([clock.next(ahead), clock.next(ahead)]).toEqual([ahead, ahead + 1])
    clock.restart(start)
    expect(clock.next(start)).toBe(start)
    expect([clock.next(ahead - 1), clock.next(ahead - 1), clock.next(ahead)]).toEqual([
      ahead - 1,
      ahead + 2,
      ahead + 3,
    ])
  })

  it("does not count the hour that the clock leapt over as given", () => {
    const clock = new SigningClock()
    clock.next(start)
    clock.next(start + 60 * minute)
    clock.restart(start + 1_000)
    expect(clock.next(start + 1_000)).toBe(start + 1_000)
  })

  it("goes on where a restart is asked for by a request that was refused before the last one", () => {
    const clock = new SigningClock()
    clock.next(start + 10 * minute)
    clock.restart(start)
    const given = [clock.next(start), clock.next(start)]
    clock.restart(start)
    expect([...given, clock.next(start)]).toEqual([start, start + 1, start + 2])
  })

  it("never gives one twice, and increases but at restarts, whatever the clock does", () => {
    const step = fc.record({
      leap: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -20 * minute, max: 20 * minute })),
      restart: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const clock = new SigningClock()
        const given = new Set<number>()
        let now = start
        let last = 0
        for (const { leap, restart } of steps) {
          now += leap
          if (restart) {
            clock.restart(now)
            last = 0
          }
          const timestamp = clock.next(now)
          expect(given.has(timestamp)).toBe(false)
          expect(timestamp).toBeGreaterThan(last)
          expect(timestamp).toBeGreaterThanOrEqual(now)
          given.add(timestamp)
          last = timestamp
        }
        expect(given.size).toBe(steps.length)
      }),
    )
  })
})
