/** Turns and permits: who may send when. The clock is the test's, so that seconds cost nothing. */
import { it } from "@effect/vitest"
import { Clock, Effect, Exit, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { describe, expect } from "vitest"
import type { AttemptOutcome } from "./AdaptiveLimit.ts"
import { makeRequestLimit } from "./RequestLimit.ts"

const answered: AttemptOutcome = { _tag: "Answered", wait: { elapsedMs: 50, idleMs: 50 }, bytes: 1_000 }
const overload: AttemptOutcome = { _tag: "Overload" }

/** An attempt of 50 ms that notes when it began. */
const attempt = (starts: Array<number>) =>
  Effect.andThen(
    Effect.map(Clock.currentTimeMillis, (now) => void starts.push(now)),
    Effect.sleep(50),
  )

const startAll = <A, E>(effects: ReadonlyArray<Effect.Effect<A, E>>) =>
  Effect.forkChild(Effect.all(effects, { concurrency: "unbounded" }), { startImmediately: true })

describe("a limit in requests per second", () => {
  it.effect("spaces all attempts evenly from the first one on", () =>
    Effect.gen(function* () {
      const limit = yield* makeRequestLimit({ ceiling: 8, perSecond: 4 })
      const starts: Array<number> = []
      const fiber = yield* startAll(
        Array.from({ length: 9 }, () => limit.run(0, attempt(starts), () => answered)),
      )
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.join(fiber)
      expect(starts).toEqual([0, 250, 500, 750, 1_000, 1_250, 1_500, 1_750, 2_000])
    }),
  )

  it.effect("may be less than one in ten seconds", () =>
    Effect.gen(function* () {
      const limit = yield* makeRequestLimit({ ceiling: 8, perSecond: 0.1 })
      const starts: Array<number> = []
      const fiber = yield* startAll(
        Array.from({ length: 3 }, () => limit.run(0, attempt(starts), () => answered)),
      )
      yield* TestClock.adjust("30 seconds")
      yield* Fiber.join(fiber)
      expect(starts).toEqual([0, 10_000, 20_000])
    }),
  )

  it.effect("is not used up by those who give up while they wait for their turn", () =>
    Effect.gen(function* () {
      const limit = yield* makeRequestLimit({ ceiling: 8, perSecond: 1 })
      const starts: Array<number> = []
      yield* Effect.andThen(
        startAll([limit.run(0, attempt(starts), () => answered)]),
        TestClock.adjust("100 millis"),
      )
      const waiting = yield* startAll(
        Array.from({ length: 20 }, () => limit.run(0, attempt(starts), () => answered)),
      )
      yield* TestClock.adjust("100 millis")
      yield* Fiber.interrupt(waiting)
      const next = yield* startAll([limit.run(0, attempt(starts), () => answered)])
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.join(next)
      expect(starts).toEqual([0, 1_000])
    }),
  )

  it.effect("serves callers in the order in which they came", () =>
    Effect.gen(function* () {
      const limit = yield* makeRequestLimit({ ceiling: 2, perSecond: 10 })
      const served: Array<number> = []
      const fiber = yield* startAll(
        Array.from({ length: 30 }, (_, index) =>
          limit.run(
            0,
            Effect.andThen(
              Effect.sync(() => served.push(index)),
              Effect.sleep(70),
            ),
            () => answered,
          ),
        ),
      )
      yield* TestClock.adjust("1 minute")
      yield* Fiber.join(fiber)
      expect(served).toEqual(Array.from({ length: 30 }, (_, index) => index))
    }),
  )
})

describe("permits", () => {
  it.effect("are four at first, and more with every answer, up to the ceiling", () =>
    Effect.gen(function* () {
      const limit = yield* makeRequestLimit({ ceiling: 8, perSecond: undefined })
      const starts: Array<number> = []
      const fiber = yield* startAll(
        Array.from({ length: 28 }, () => limit.run(0, attempt(starts), () => answered)),
      )
      yield* TestClock.adjust("1 second")
      yield* Fiber.join(fiber)
      const at = (ms: number) => starts.filter((start) => start === ms).length
      expect([at(0), at(50), at(100), at(150)]).toEqual([4, 8, 8, 8])
    }),
  )

  it.effect("are halved by refusals while more are under way, and nobody loses their own", () =>
    Effect.gen(function* () {
      const limit = yield* makeRequestLimit({ ceiling: 8, perSecond: undefined })
      let underWay = 0
      const seen: Array<number> = []
      const counted = (outcome: AttemptOutcome) =>
        limit.run(
          0,
          Effect.acquireUseRelease(
            Effect.sync(() => seen.push(++underWay)),
            () => Effect.sleep(50),
            () => Effect.sync(() => underWay--),
          ),
          () => outcome,
        )
      yield* Effect.andThen(
        startAll(Array.from({ length: 12 }, () => counted(answered))),
        TestClock.adjust("1 second"),
      )
      expect(Math.max(...seen)).toBe(8)
      seen.length = 0
      const refused = yield* startAll([
        ...Array.from({ length: 8 }, () => counted(overload)),
        ...Array.from({ length: 20 }, () => counted(answered)),
      ])
      yield* TestClock.adjust("50 millis")
      expect(underWay).toBe(4)
      yield* TestClock.adjust("10 seconds")
      yield* Fiber.join(refused)
      expect(underWay).toBe(0)
      expect(seen).toHaveLength(28)
    }),
  )

  it.effect("come back from attempts that fail, die or are given up", () =>
    Effect.gen(function* () {
      const limit = yield* makeRequestLimit({ ceiling: 1, perSecond: undefined })
      const untold = (): AttemptOutcome => ({ _tag: "Untold" })
      yield* Effect.exit(limit.run(0, Effect.fail("no"), untold))
      yield* Effect.exit(limit.run(0, Effect.die("no"), untold))
      const fiber = yield* startAll([limit.run(0, Effect.never, untold)])
      const queued = yield* startAll([limit.run(0, Effect.never, untold)])
      yield* Fiber.interrupt(queued)
      yield* Fiber.interrupt(fiber)
      expect(yield* Effect.exit(limit.run(0, Effect.succeed(1), untold))).toEqual(Exit.succeed(1))
    }),
  )

  it.effect("are held with pauses where even one at a time is too fast", () =>
    Effect.gen(function* () {
      const limit = yield* makeRequestLimit({ ceiling: 1, perSecond: undefined })
      const starts: Array<number> = []
      // Every second one is refused.
      const fiber = yield* startAll(
        Array.from({ length: 12 }, (_, index) =>
          limit.run(0, attempt(starts), () => (index % 2 === 1 ? overload : answered)),
        ),
      )
      yield* TestClock.adjust("1 minute")
      yield* Fiber.join(fiber)
      const gaps = starts.slice(1).map((start, index) => start - starts[index]!)
      expect(gaps[0]).toBe(50)
      expect(gaps.at(-1)).toBeGreaterThan(400)
      expect(gaps.at(-1)).toBeLessThanOrEqual(2_000)
    }),
  )
})
