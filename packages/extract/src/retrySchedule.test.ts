/** With Effect's test clock: no time passes, and every wait is exact. */
import { Effect, Fiber, Random } from "effect"
import { TestClock } from "effect/testing"
import { describe, expect, it } from "vitest"
import type { GatewayError } from "./GatewayError.ts"
import { GatewayBroken, NetworkFailed, QuotaSpent, Throttled } from "./GatewayError.ts"
import { retrySchedule } from "./retrySchedule.ts"
import type { Call } from "./retrySchedule.ts"
import { defaultRetryLimits } from "./retryTiming.ts"

const told = { status: 500, code: null, said: "", traceId: null }
const broken = new GatewayBroken({ ...told, retryAfterMs: null })
const timeout = new NetworkFailed({ host: "h", proxy: null, code: "TIMEOUT", reason: "r", transient: true })

/** A call whose attempts take `takesMs` each and end in `errors`, the last of them for ever. When each was sent, ms. */
const attemptsOf = (errors: ReadonlyArray<GatewayError>, takesMs: number) =>
  Effect.gen(function* () {
    const sent: Array<number> = []
    const call: Call = { time: 0, attempts: 0, spentMs: 0, clockCorrected: false, keysRenewed: false }
    const attempt = Effect.gen(function* () {
      const now = yield* Effect.clockWith((clock) => clock.currentTimeMillis)
      sent.push(now)
      call.sentAt = now
      const error = errors[Math.min(call.attempts++, errors.length - 1)]!
      yield* Effect.sleep(takesMs)
      return yield* error
    })
    const fiber = yield* Effect.forkChild(
      Effect.flip(Effect.retry(attempt, retrySchedule(call, defaultRetryLimits))),
    )
    yield* TestClock.adjust("1 hour")
    return { sent, last: yield* Fiber.join(fiber) }
  }).pipe(Random.withSeed("a seed"), Effect.provide(TestClock.layer()), Effect.runPromise)

const waitsBetween = (sent: ReadonlyArray<number>) => sent.slice(1).map((time, index) => time - sent[index]!)

describe("retrySchedule", () => {
  it("tries 8 times, with waits below ceilings that double", async () => {
    const { sent, last } = await attemptsOf([broken], 0)
    expect(last).toBe(broken)
    const waits = waitsBetween(sent)
    expect(waits).toHaveLength(7)
    waits.forEach((wait, index) => expect(wait).toBeLessThan(200 * 2 ** index))
    expect(new Set(waits).size).toBeGreaterThan(4)
  })

  it("gives up when 2 minutes went into it, however few the attempts", async () => {
    const { sent, last } = await attemptsOf([timeout], 30_000)
    expect(last).toBe(timeout)
    expect(sent.length).toBeGreaterThanOrEqual(3)
    expect(sent.length).toBeLessThanOrEqual(4)
  })

  it("waits as long as the gateway asks, without counting it as time spent", async () => {
    const throttled = new Throttled({ ...told, status: 429, retryAfterMs: 200_000 })
    const { sent } = await attemptsOf([throttled], 0)
    expect(sent).toHaveLength(8)
    for (const wait of waitsBetween(sent)) expect(wait).toBeGreaterThanOrEqual(200_000)
  })

  it("does not go on where it would not help", async () => {
    const quota = new QuotaSpent({ ...told, status: 429, at: 0 })
    const { sent, last } = await attemptsOf([broken, broken, quota], 0)
    expect(last).toBe(quota)
    expect(sent).toHaveLength(3)
  })
})
