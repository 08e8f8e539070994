/** How much is asked at once and how fast, with real HTTP: against the simulator's limits, and a server that queues. */
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import { Effect, Layer, Logger } from "effect"
import { describe, expect, it } from "vitest"
import type { GatewayOptions } from "./Gateway.ts"
import { Gateway } from "./Gateway.ts"
import { startQueueingServer } from "./queueingServer.fixture.ts"
import {
  answerError,
  answerPage,
  firstPage,
  gatewayLayer,
  runTest,
  startScriptedGateway,
} from "./scriptedGateway.fixture.ts"
import { credentialsOf } from "./simulatedGateway.fixture.ts"

const retryLimits = {
  attempts: 12,
  baseDelayMs: 100,
  maxDelayMs: 1_000,
  totalMs: 60_000,
  maxRetryAfterMs: 1_000,
}

/** Asks for so many pages as a walk does: first one, then all others, eight of them together. */
const readPages = (pages: number) =>
  Effect.gen(function* () {
    const gateway = yield* Gateway
    yield* gateway.statusPage(firstPage)
    const began = performance.now()
    yield* Effect.forEach(
      Array.from({ length: pages - 1 }, (_, index) => index + 2),
      (pageNo) => gateway.statusPage({ ...firstPage, pageNo }),
      { concurrency: 8 },
    )
    return { tookMs: performance.now() - began, ...(yield* gateway.stats) }
  })

const readSimulator = (
  pages: number,
  behaviour: Parameters<typeof startSimulator>[0],
  options: Partial<GatewayOptions> = {},
) =>
  Effect.gen(function* () {
    const simulator = yield* startSimulator({ days: 1, rowsPerDay: 10, ...behaviour })
    const layer = gatewayLayer(simulator.baseUrl, { retryLimits, ...options }, credentialsOf(simulator))
    const read = yield* Effect.provide(readPages(pages), Layer.provideMerge(layer, Logger.layer([])))
    return { ...read, ...simulator.stats() }
  })

describe("a gateway that limits", () => {
  it("how much is asked at once is asked for that much, and refuses few requests", () =>
    runTest(
      Effect.gen(function* () {
        const read = yield* readSimulator(250, { concurrentRequests: 3, latencyMs: 20 })
        expect(read.answered).toBe(250)
        // A fixed limit of eight is refused hundreds of times here.
        expect(read.errors).toBeGreaterThan(0)
        expect(read.errors).toBeLessThanOrEqual(16)
        // Two at a time would take 2.5 s; the rest is for slow machines.
        expect(read.tookMs).toBeLessThan(10_000)
      }),
    ))

  it("how many come in a second is asked no faster for long, and refuses few requests", () =>
    runTest(
      Effect.gen(function* () {
        const read = yield* readSimulator(250, { requestsPerSecond: 80, latencyMs: 20 })
        expect(read.answered).toBe(250)
        expect(read.errors).toBeGreaterThan(0)
        expect(read.errors).toBeLessThanOrEqual(32)
        expect(read.tookMs).toBeLessThan(10_000)
      }),
    ))

  it("nothing is asked as much at once as the ceiling allows, after one round trip", () =>
    runTest(
      Effect.gen(function* () {
        const read = yield* readSimulator(60, { latencyMs: 50 })
        expect([read.errors, read.mostAtOnce]).toEqual([0, 8])
        // One at a time would take 3 s, eight 0.4 s; the rest is for slow machines.
        expect(read.tookMs).toBeLessThan(2_500)
      }),
    ))
})

describe("a gateway that gets slower the more it is asked", () => {
  it("is asked for less, and gets no less done", () =>
    runTest(
      Effect.gen(function* () {
        const workMs = 20
        const server = yield* Effect.acquireRelease(
          Effect.promise(() => startQueueingServer(workMs)),
          (server) => Effect.promise(server.close),
        )
        yield* Effect.gen(function* () {
          const gateway = yield* Gateway
          // One after another, as a reader begins with single pages: so quick is it when nobody else asks.
          for (let pageNo = 1; pageNo <= 12; pageNo++) yield* gateway.statusPage({ ...firstPage, pageNo })
          const read = yield* readPages(200)
          expect(read.tookMs).toBeLessThan(200 * workMs * 2)
        }).pipe(Effect.provide(gatewayLayer(server.baseUrl)))
        const queues = yield* Effect.promise(server.queues)
        const late = queues.slice(-120)
        expect(Math.max(...queues)).toBe(7)
        expect(late.reduce((sum, queue) => sum + queue, 0) / late.length).toBeLessThan(5)
      }),
    ))
})

describe("a rate", () => {
  it("counts all attempts, retries too, and is never exceeded in any second", () =>
    runTest(
      Effect.gen(function* () {
        const times: Array<number> = []
        const refused = new Set<string>()
        const server = yield* startScriptedGateway(({ count, target, timestamp }, response) => {
          times.push(timestamp)
          // No page twice, or some page's tries are used up now and then.
          if (count % 2 === 1 || refused.has(target)) return answerPage(response)
          refused.add(target)
          answerError(response, 503, "")
        })
        const read = yield* Effect.provide(readPages(80), gatewayLayer(server.baseUrl, { rate: 40 }))
        expect(read.retries).toBeGreaterThan(20)
        expect(times.length).toBe(read.requests)
        for (const time of times) {
          const within = times.filter((other) => other >= time && other < time + 1_000).length
          expect(within).toBeLessThanOrEqual(46)
        }
        // The rest is for slow machines.
        expect(read.tookMs).toBeLessThan((times.length / 40) * 1_000 * 3)
      }),
    ))
})
