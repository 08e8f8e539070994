/** Asking for pages: what is sent, when, and over which connections. Real HTTP on loopback throughout. */
import { describe, expect, it } from "vitest"
import { Effect, Fiber, Layer } from "effect"
import { Gateway } from "./Gateway.ts"
import {
  accessKey,
  answerPage,
  firstPage,
  gatewayLayer,
  runTest,
  startScriptedGateway,
  unsignedOrReplayed,
} from "./scriptedGateway.fixture.ts"

const ask = Effect.gen(function* () {
  return yield* (yield* Gateway).statusPage(firstPage)
})

const stats = Effect.gen(function* () {
  return yield* (yield* Gateway).stats
})

describe("a page", () => {
  it("is asked for with the target that was signed, and comes with what is told of it", () =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway((_, response) =>
          answerPage(response, 3, { "x-ncp-trace-id": "trace-1" }),
        )
        const before = Date.now()
        const page = yield* Effect.provide(ask, gatewayLayer(`${server.baseUrl}/vod`))
        expect(page.answer.rowCount).toBe(3)
        expect(page.answer.total).toBe(3)
        expect(page).toMatchObject({ attempts: 1, traceId: "trace-1" })
        expect(page.at).toBeGreaterThanOrEqual(before)
        expect(page.at).toBeLessThanOrEqual(Date.now())
        expect(server.seen).toHaveLength(1)
        expect(server.seen[0]).toMatchObject({
          target:
            "/vod/api/v2/status?pageNo=1&pageSizeNo=1000&workStartTimeFrom=1755590820000&workStartTimeTo=1755591000000",
          accessKey,
          isSigned: true,
        })
      }),
    ))

  it("is never asked for twice with one signature, however many ask at once, over a few connections", () =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway((_, response) => {
          setTimeout(() => answerPage(response), 2)
        })
        yield* Effect.all(
          Array.from({ length: 200 }, () => ask),
          { concurrency: "unbounded" },
        ).pipe(Effect.provide(gatewayLayer(server.baseUrl, { concurrency: 5 })))
        expect(server.seen).toHaveLength(200)
        expect(unsignedOrReplayed(server.seen)).toEqual([])
        expect(server.mostAtOnce()).toBe(5)
        expect(new Set(server.seen.map((asked) => asked.connection)).size).toBe(5)
      }),
    ))

  it("is signed when it is its turn, and loses none of its time waiting for that", () =>
    runTest(
      Effect.gen(function* () {
        const ages: Array<number> = []
        const server = yield* startScriptedGateway((asked, response) => {
          ages.push(Date.now() - asked.timestamp)
          setTimeout(() => answerPage(response), 100)
        })
        yield* Effect.gen(function* () {
          yield* Effect.all(
            Array.from({ length: 8 }, () => ask),
            { concurrency: "unbounded" },
          )
          expect(yield* stats).toEqual({ requests: 8, retries: 0 })
        }).pipe(Effect.provide(gatewayLayer(server.baseUrl, { concurrency: 1, attemptTimeoutMs: 400 })))
        expect(Math.max(...ages)).toBeLessThan(300)
      }),
    ))

  it("is given up with the fiber that asked for it", () =>
    runTest(
      Effect.gen(function* () {
        let closed = false
        const arrival = Promise.withResolvers<void>()
        const server = yield* startScriptedGateway((_, response) => {
          response.once("close", () => {
            closed = true
          })
          arrival.resolve()
        })
        yield* Effect.gen(function* () {
          const fiber = yield* Effect.forkChild(ask)
          yield* Effect.promise(() => arrival.promise)
          yield* Fiber.interrupt(fiber)
          yield* Effect.sleep("10 millis").pipe(Effect.repeat({ until: () => closed, times: 200 }))
          expect(closed).toBe(true)
          expect(server.seen).toHaveLength(1)
        }).pipe(Effect.provide(gatewayLayer(server.baseUrl)))
      }),
    ))
})

describe("the connections", () => {
  it("are closed with the gateway's scope", () =>
    runTest(
      Effect.gen(function* () {
        let open = 0
        const server = yield* startScriptedGateway((_, response, request) => {
          open++
          request.socket.once("close", () => open--)
          answerPage(response)
        })
        yield* Effect.scoped(
          Effect.gen(function* () {
            yield* Effect.provide(ask, yield* Layer.build(gatewayLayer(server.baseUrl)))
            expect(open).toBe(1)
          }),
        )
        yield* Effect.sleep("10 millis").pipe(Effect.repeat({ until: () => open === 0, times: 200 }))
        expect(open).toBe(0)
      }),
    ))
})
