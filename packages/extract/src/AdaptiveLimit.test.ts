/** How many requests may be under way at once: what always holds, whatever a gateway does. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { AttemptOutcome, RunningAttempt } from "./AdaptiveLimit.ts"
import { AdaptiveLimit } from "./AdaptiveLimit.ts"

const answered = (ms: number): AttemptOutcome => ({
  _tag: "Answered",
  wait: { elapsedMs: ms, idleMs: ms },
  bytes: 400_000,
})
const overload: AttemptOutcome = { _tag: "Overload" }

const outcome: fc.Arbitrary<AttemptOutcome> = fc.oneof(
  { arbitrary: fc.constant(overload), weight: 2 },
  {
    arbitrary: fc
      .tuple(
        fc.double({ min: 0, max: 40_000, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
      )
      .map(([elapsedMs, share, bytes]) => ({
        _tag: "Answered" as const,
        wait: { elapsedMs, idleMs: elapsedMs * share },
        bytes,
      })),
    weight: 6,
  },
  fc.constantFrom<AttemptOutcome>({ _tag: "LetThrough" }, { _tag: "Untold" }),
)

/** What happens next: time passes, then as many requests as are allowed begin, then some of those under way end. */
const step = fc.record({
  ms: fc.oneof(fc.constant(0), fc.nat(200), fc.nat(60_000)),
  begin: fc.nat(64),
  ends: fc.array(fc.tuple(fc.nat(), outcome), { maxLength: 40 }),
})

/** Drives a limit through the steps; `look` sees it before and after each end. */
const drive = (
  ceiling: number,
  steps: ReadonlyArray<{ ms: number; begin: number; ends: ReadonlyArray<[number, AttemptOutcome]> }>,
  look: (limit: AdaptiveLimit, ended: RunningAttempt, before: number, outcome: AttemptOutcome) => void,
) => {
  const limit = new AdaptiveLimit(ceiling)
  const underWay: Array<RunningAttempt> = []
  let now = 0
  for (const { ms, begin, ends } of steps) {
    now += ms
    for (let count = 0; count < begin && underWay.length < limit.limit; count++)
      underWay.push(limit.started(now))
    for (const [choice, outcome] of ends) {
      if (underWay.length === 0) break
      const [attempt] = underWay.splice(choice % underWay.length, 1) as [RunningAttempt]
      const before = limit.limit
      limit.ended(attempt, now, outcome)
      look(limit, attempt, before, outcome)
    }
  }
  return { limit, now }
}

describe("the limit", () => {
  it("is never above its ceiling nor below one, and its pauses never above two seconds", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.array(step, { maxLength: 60 }), (ceiling, steps) => {
        drive(ceiling, steps, (limit) => {
          expect(limit.limit).toBeGreaterThanOrEqual(1)
          expect(limit.limit).toBeLessThanOrEqual(ceiling)
          expect(Number.isInteger(limit.limit)).toBe(true)
          expect(limit.spacingMs).toBeGreaterThanOrEqual(0)
          expect(limit.spacingMs).toBeLessThanOrEqual(2_000)
          expect(limit.limit === 1 || limit.spacingMs === 0).toBe(true)
        })
      }),
      { numRuns: 300 },
    )
  })

  it("is cut by no more than half at once, and not again by what was sent before the cut", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.array(step, { maxLength: 60 }), (ceiling, steps) => {
        const cutAfter = new Set<RunningAttempt>()
        let begun: Array<RunningAttempt> = []
        drive(ceiling, steps, (limit, ended, before, outcome) => {
          if (!begun.includes(ended)) begun.push(ended)
          if (limit.limit >= before) return
          // A baseline that is old is looked for with a quarter; all else halves at most.
          const least = outcome._tag === "Overload" ? 2 : 4
          expect(limit.limit).toBeGreaterThanOrEqual(Math.floor(before / least))
          expect(cutAfter.has(ended)).toBe(false)
          for (const attempt of begun) cutAfter.add(attempt)
          begun = []
        })
      }),
      { numRuns: 300 },
    )
  })

  it("is cut by one where one request more than is borne is refused alone", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 8 }), (ceiling) => {
        const limit = new AdaptiveLimit(ceiling)
        const send = (refused: number) => {
          const together = Array.from({ length: limit.limit }, () => limit.started(0))
          together.forEach((attempt, index) =>
            limit.ended(attempt, 50, index < refused ? overload : answered(50)),
          )
        }
        while (limit.limit < ceiling) send(0)
        // As soon as it has risen: one that comes later may come by chance.
        send(1)
        expect(limit.limit).toBe(ceiling - 1)
      }),
    )
  })

  it("is not cut by one refusal in hundreds of answers", () => {
    const limit = new AdaptiveLimit(8)
    for (let round = 0; round < 100; round++) {
      const together = Array.from({ length: limit.limit }, () => limit.started(round * 50))
      together.forEach((attempt, index) =>
        limit.ended(attempt, round * 50 + 50, round % 25 === 24 && index === 3 ? overload : answered(50)),
      )
    }
    expect(limit.limit).toBe(8)
  })

  it("is halved once by all the refusals of requests that were sent together", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 64 }), fc.integer({ min: 0, max: 300 }), (ceiling, answers) => {
        const limit = new AdaptiveLimit(ceiling)
        for (let count = 0; count < answers; count++) {
          const together = Array.from({ length: limit.limit }, () => limit.started(count * 50))
          for (const attempt of together) limit.ended(attempt, count * 50 + 50, answered(50))
        }
        const before = limit.limit
        const together = Array.from({ length: before }, () => limit.started(100_000))
        for (const attempt of together) limit.ended(attempt, 100_050, overload)
        expect(limit.limit).toBe(Math.max(1, Math.floor(before / 2)))
      }),
    )
  })

  it("is at its ceiling again after any past, once nothing speaks against it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), fc.array(step, { maxLength: 40 }), (ceiling, steps) => {
        const { limit, now: then } = drive(ceiling, steps, () => {})
        let now = then + 60_000
        for (let round = 0; round < 4_000 && (limit.limit < ceiling || limit.spacingMs > 0); round++) {
          const together = Array.from({ length: limit.limit }, () => limit.started(now))
          now += Math.max(50, limit.spacingMs)
          for (const attempt of together) limit.ended(attempt, now, answered(50))
        }
        expect([limit.limit, limit.spacingMs]).toEqual([ceiling, 0])
      }),
      { numRuns: 100 },
    )
  })

  it("begins with four, and doubles with each round trip up to its ceiling", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 64 }), (ceiling) => {
        const limit = new AdaptiveLimit(ceiling)
        expect(limit.limit).toBe(Math.min(4, ceiling))
        let roundTrips = 0
        for (; limit.limit < ceiling; roundTrips++) {
          const together = Array.from({ length: limit.limit }, () => limit.started(roundTrips * 50))
          for (const attempt of together) limit.ended(attempt, roundTrips * 50 + 50, answered(50))
        }
        expect(roundTrips).toBe(Math.max(0, Math.ceil(Math.log2(ceiling / 4))))
      }),
    )
  })

  it("does not grow while it is not used", () => {
    const limit = new AdaptiveLimit(64)
    for (let count = 0; count < 1_000; count++) {
      limit.ended(limit.started(count * 50), count * 50 + 50, answered(50))
    }
    expect(limit.limit).toBe(4)
  })

  it("is not moved by what tells nothing", () => {
    const limit = new AdaptiveLimit(8)
    for (let count = 0; count < 1_000; count++) {
      const together = Array.from({ length: limit.limit }, () => limit.started(count))
      for (const attempt of together) limit.ended(attempt, count, { _tag: "Untold" })
    }
    expect([limit.limit, limit.spacingMs]).toEqual([4, 0])
  })
})
