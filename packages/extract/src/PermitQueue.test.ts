import { describe, expect, it } from "@effect/vitest"
import { Deferred, Effect, Fiber } from "effect"
import * as fc from "fast-check"
import { PermitQueue } from "./PermitQueue.ts"

/** Lets all that can go on do so. */
const settle = Effect.repeat(Effect.yieldNow, { times: 50 })

/** Begins work for a time, which goes on until it is told to end. */
const begin = Effect.fnUntraced(function* (queue: PermitQueue, time: number, begun: Array<number>) {
  const end = yield* Deferred.make<void>()
  const fiber = yield* Effect.forkChild(
    queue.withPermit(
      time,
      Effect.andThen(
        Effect.sync(() => void begun.push(time)),
        Deferred.await(end),
      ),
    ),
  )
  return { fiber, end: Effect.andThen(Deferred.succeed(end, undefined), settle) }
})

describe("permits", () => {
  it.effect("go to the earliest time that waits, and of the same to who came first", () =>
    Effect.gen(function* () {
      const queue = new PermitQueue(1)
      const begun: Array<number> = []
      const first = yield* begin(queue, 9, begun)
      yield* settle
      for (const time of [7, 3, 5, 3.5]) yield* begin(queue, time, begun)
      yield* settle
      expect(begun).toEqual([9])
      yield* first.end
      expect(begun).toEqual([9, 3])
    }),
  )

  it.effect("are as many as the last resizing says, once those given out before are back", () =>
    Effect.gen(function* () {
      const queue = new PermitQueue(3)
      const begun: Array<number> = []
      const work = yield* Effect.forEach([1, 2, 3, 4, 5, 6], (time) => begin(queue, time, begun))
      yield* settle
      expect(begun).toEqual([1, 2, 3])
      yield* queue.resize(1)
      yield* work[0]!.end
      yield* work[1]!.end
      expect(begun).toEqual([1, 2, 3])
      yield* work[2]!.end
      expect(begun).toEqual([1, 2, 3, 4])
      yield* queue.resize(2)
      yield* settle
      expect(begun).toEqual([1, 2, 3, 4, 5])
    }),
  )

  it("are never lost, nor more than there are, whoever gives up when", () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.array(
          fc.record({ time: fc.integer({ min: 0, max: 3 }), yields: fc.nat(6), givesUpAfter: fc.nat(30) }),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        (permits, callers) =>
          Effect.gen(function* () {
            const queue = new PermitQueue(permits)
            let running = 0
            const work = ({ yields }: { readonly yields: number }) =>
              Effect.acquireUseRelease(
                Effect.sync(() => expect(++running).toBeLessThanOrEqual(permits)),
                () => Effect.repeat(Effect.yieldNow, { times: yields }),
                () => Effect.sync(() => running--),
              )
            const fibers = yield* Effect.forEach(callers, (caller) =>
              Effect.forkChild(queue.withPermit(caller.time, work(caller))),
            )
            yield* Effect.forEach(
              callers,
              ({ givesUpAfter }, at) =>
                givesUpAfter > 15
                  ? Effect.void
                  : Effect.andThen(
                      Effect.repeat(Effect.yieldNow, { times: givesUpAfter }),
                      Fiber.interrupt(fibers[at]!),
                    ),
              { concurrency: "unbounded" },
            )
            yield* Effect.forEach(fibers, Fiber.await)
            expect(running).toBe(0)
            // All of them are free again.
            const begun: Array<number> = []
            yield* Effect.forEach([0, 1, 2, 3], (time) => begin(queue, time, begun))
            yield* settle
            expect(begun).toHaveLength(permits)
          }).pipe(Effect.scoped, Effect.runPromise),
      ),
      { numRuns: 200 },
    ))
})
