/** The gateway's own count of a window: against the simulator, and asked and retried like a page. */
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import { Effect, Layer, Logger } from "effect"
import { describe, expect, it } from "vitest"
import { Gateway } from "./Gateway.ts"
import {
  answerError,
  gatewayLayer,
  runTest,
  startScriptedGateway,
  unsignedOrReplayed,
} from "./scriptedGateway.fixture.ts"
import { credentialsOf } from "./simulatedGateway.fixture.ts"

const now = Date.parse("2026-09-12T03:00:00Z")
const statuses = { WAITING: 0, RUNNING: 0, COMPLETE: 0, FAILURE: 0, CANCELED: 0 }

describe("statistics", () => {
  it.each([
    ["current", "object"],
    ["current", "array"],
    ["old", "object"],
    ["old", "array"],
  ] as const)("of the %s generation, as %s, count what the list holds", (generation, statisticShape) =>
    runTest(
      Effect.gen(function* () {
        const simulator = yield* startSimulator({
          now,
          days: 2,
          rowsPerDay: 500,
          failureScale: 5,
          stuckShare: 0.02,
          canceledShare: 0.05,
          generation,
          statisticShape,
        })
        const [from, before] = simulator.world.dayStarts
        const truth = { ...statuses }
        for (const row of simulator.world.truth(from!, before!)) {
          truth[row.asServed.status as keyof typeof truth]++
        }
        expect(Math.min(truth.COMPLETE, truth.FAILURE, truth.CANCELED)).toBeGreaterThan(0)
        expect(truth.WAITING + truth.RUNNING).toBeGreaterThan(0)
        const told = yield* Effect.gen(function* () {
          return yield* (yield* Gateway).statistic({ from: from!, to: before! - 1 })
        }).pipe(
          Effect.provide(
            Layer.provideMerge(
              gatewayLayer(simulator.baseUrl, {}, credentialsOf(simulator)),
              Logger.layer([]),
            ),
          ),
        )
        expect(told.answer).toEqual({
          waiting: truth.WAITING,
          running: truth.RUNNING,
          complete: truth.COMPLETE,
          failure: truth.FAILURE,
          canceled: truth.CANCELED,
        })
        expect(Math.abs(told.at - now)).toBeLessThan(5_000)
      }),
    ),
  )

  const ask = Effect.gen(function* () {
    return yield* (yield* Gateway).statistic({ from: 1, to: 2 })
  })

  it("are asked for with a target that is signed, and again after a fault that passes", () =>
    runTest(
      Effect.gen(function* () {
        const body = `{"content":{"waiting":1,"running":2,"complete":3,"failure":4,"canceled":5}}`
        const server = yield* startScriptedGateway((asked, response) => {
          if (asked.count === 1) answerError(response, 503, "")
          else if (asked.count === 2) answerError(response, 200, `{"content":{}}`)
          else answerError(response, 200, body)
        })
        const told = yield* Effect.provide(ask, gatewayLayer(`${server.baseUrl}/vod`))
        expect([told.answer.canceled, told.attempts]).toEqual([5, 3])
        expect(new Set(server.seen.map((asked) => asked.target))).toEqual(
          new Set(["/vod/api/v2/status/status-statistic?workStartTimeFrom=1&workStartTimeTo=2"]),
        )
        expect(unsignedOrReplayed(server.seen)).toEqual([])
      }),
    ))

  it.each([
    ["AnswerUnreadable", 200, `{"content":[]}`],
    ["Throttled", 200, `{"content":{},"error":{"errorCode":410,"message":"m"}}`],
    ["BadRequest", 404, `{"error":{"errorCode":"300","message":"Not Found Exception"}}`],
    ["QuotaSpent", 429, `{"error":{"errorCode":"400","message":"Quota Exceeded"}}`],
  ])("end in %s like a page", (tag, status, body) =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway((_, response) => answerError(response, status, body))
        const failure = yield* Effect.flip(ask).pipe(Effect.provide(gatewayLayer(server.baseUrl)))
        expect(failure._tag).toBe(tag)
      }),
    ),
  )
})
