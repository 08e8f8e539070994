/** Against the simulator, which was written from the API facts by other hands. */
import { describe, expect, it } from "vitest"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import { Effect, Logger } from "effect"
import { Gateway } from "./Gateway.ts"
import { gatewayLayer, runTest } from "./scriptedGateway.fixture.ts"
import { credentialsOf } from "./simulatedGateway.fixture.ts"

const now = Date.parse("2026-09-12T03:00:00Z")
const hour = 3_600_000

const readAll = (options: Parameters<typeof startSimulator>[0]) =>
  Effect.gen(function* () {
    const simulator = yield* startSimulator({
      now,
      seed: 7,
      days: 2,
      rowsPerDay: 2_000,
      slowMs: 20,
      ...options,
    })
    const pages = yield* Effect.gen(function* () {
      const gateway = yield* Gateway
      const window = { pageSizeNo: 100, from: now - 48 * hour, to: now - 12 * hour - 1 }
      const first = yield* gateway.statusPage({ ...window, pageNo: 1 })
      const last = Math.ceil(first.answer.total / 100)
      const rest = yield* Effect.forEach(
        Array.from({ length: last - 1 }, (_, index) => index + 2),
        (pageNo) => gateway.statusPage({ ...window, pageNo }),
        { concurrency: "unbounded" },
      )
      return [first, ...rest].map((page) => ({
        ...page,
        rows: page.answer.parseRows().map((row) => JSON.stringify(row)),
      }))
    }).pipe(
      Effect.provide(
        gatewayLayer(
          simulator.baseUrl,
          {
            retryLimits: {
              attempts: 12,
              baseDelayMs: 2,
              maxDelayMs: 20,
              totalMs: 60_000,
              maxRetryAfterMs: 1_000,
            },
          },
          credentialsOf(simulator),
        ),
      ),
    )
    return { pages, stats: simulator.stats() }
  }).pipe(Effect.provide(Logger.layer([])))

describe("the gateway's client", () => {
  it("reads the same through every fault that passes, with no request refused for its signature", () =>
    runTest(
      Effect.gen(function* () {
        const calm = yield* readAll({})
        const stormy = yield* readAll({ faults: 0.4 })
        const rows = calm.pages.flatMap((page) => page.rows)
        expect(rows.length).toBe(calm.pages[0]!.answer.total)
        expect(rows.length).toBeGreaterThan(1_000)
        expect(stormy.pages.map((page) => page.rows)).toEqual(calm.pages.map((page) => page.rows))
        expect(Object.keys(stormy.stats.faults).length).toBeGreaterThan(5)
      }),
    ))

  it("tells the time of the simulator, which is not ours", () =>
    runTest(
      Effect.gen(function* () {
        const { pages } = yield* readAll({})
        for (const page of pages) expect(Math.abs(page.at - now)).toBeLessThan(5_000)
      }),
    ))
})
