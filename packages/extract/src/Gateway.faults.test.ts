/** Faults of the gateway and of the way to it: which are asked about again, and what they are told as. */
import { describe, expect, it } from "vitest"
import { Effect, Exit, Fiber } from "effect"
import type { ServerResponse } from "node:http"
import { Gateway } from "./Gateway.ts"
import type { Script } from "./scriptedGateway.fixture.ts"
import {
  answerError,
  answerPage,
  firstPage,
  gatewayLayer,
  hastyLimits,
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

/** Starts an answer of 1000 bytes. */
const startBody = (response: ServerResponse) => {
  response.writeHead(200, { "content-length": "1000" })
  response.write('{"content":[{"categoryId":1}')
}

const transient: ReadonlyArray<[what: string, tag: string, fault: Script]> = [
  ["500 with nothing", "GatewayBroken", (_, response) => answerError(response, 500, "")],
  ["502 with HTML", "GatewayBroken", (_, response) => answerError(response, 502, "<html>bad</html>")],
  [
    "503/500",
    "GatewayBroken",
    (_, response) => answerError(response, 503, { errorCode: "500", message: "m" }),
  ],
  ["429/410", "Throttled", (_, response) => answerError(response, 429, { errorCode: "410", message: "m" })],
  ["429/420", "Throttled", (_, response) => answerError(response, 429, { errorCode: "420", message: "m" })],
  [
    "200 with error 260009",
    "GatewayBroken",
    (_, response) => answerError(response, 200, { errorCode: "260009", message: "internal error" }),
  ],
  [
    "200 with content and error 410",
    "Throttled",
    (_, response) =>
      answerError(response, 200, '{"content":[],"total":0,"error":{"errorCode":410,"message":"m"}}'),
  ],
  ["200 with HTML", "AnswerUnreadable", (_, response) => answerError(response, 200, "<html>log in</html>")],
  ["200 with nothing", "AnswerUnreadable", (_, response) => answerError(response, 200, "")],
  ["half of the JSON", "AnswerUnreadable", (_, response) => answerError(response, 200, '{"content":[{"cat')],
  [
    "the documentation's own example with its comma",
    "AnswerUnreadable",
    (_, response) => answerError(response, 200, '{"content":[{"categoryId":1},],"total":1}'),
  ],
  [
    "a body cut off",
    "NetworkFailed",
    (_, response) => {
      startBody(response)
      setTimeout(() => response.socket?.end(), 5)
    },
  ],
  [
    "a reset in the body",
    "NetworkFailed",
    (_, response) => {
      startBody(response)
      setTimeout(() => response.socket?.resetAndDestroy(), 5)
    },
  ],
  ["a reset before the answer", "NetworkFailed", (_, response) => void response.socket?.resetAndDestroy()],
  ["no answer in time", "NetworkFailed", () => {}],
  ["an answer that stops", "NetworkFailed", (_, response) => startBody(response)],
  [
    "what is no HTTP",
    "NetworkFailed",
    (_, response) => void response.socket?.end("220 mail.example.com ESMTP\r\n"),
  ],
]

describe("a fault that passes", () => {
  it.each(transient)("is asked about again: %s", (_, __, fault) =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway((asked, response, request) =>
          asked.count <= 2 ? fault(asked, response, request) : answerPage(response),
        )
        yield* Effect.gen(function* () {
          expect((yield* ask).attempts).toBe(3)
          expect(yield* stats).toEqual({ requests: 3, retries: 2 })
        }).pipe(Effect.provide(gatewayLayer(server.baseUrl, { attemptTimeoutMs: 250 })))
        expect(server.seen).toHaveLength(3)
        expect(unsignedOrReplayed(server.seen)).toEqual([])
      }),
    ),
  )

  it.each(transient)("is told in the end if it does not pass: %s", (_, tag, fault) =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway(fault)
        const failure = yield* Effect.flip(ask).pipe(
          Effect.provide(gatewayLayer(server.baseUrl, { attemptTimeoutMs: 150 })),
        )
        expect(failure._tag).toBe(tag)
        expect(failure.message.length).toBeGreaterThan(40)
        expect(server.seen).toHaveLength(hastyLimits.attempts)
        expect(unsignedOrReplayed(server.seen)).toEqual([])
      }),
    ),
  )

  it("may be that nothing listens", () =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway(() => {})
        server.close()
        const failure = yield* Effect.flip(ask).pipe(Effect.provide(gatewayLayer(server.baseUrl)))
        expect(failure).toMatchObject({ _tag: "NetworkFailed", code: "ECONNREFUSED" })
        expect(failure.message).toContain(server.baseUrl.slice("http://".length))
      }),
    ))

  it("may be that TLS is not spoken there", () =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway((_, response) => answerPage(response))
        const layer = gatewayLayer(server.baseUrl.replace("http:", "https:"))
        const failure = yield* Effect.flip(ask).pipe(Effect.provide(layer))
        expect(failure._tag).toBe("NetworkFailed")
        expect(failure.message).toContain("TLS")
      }),
    ))

  it("is waited out as Retry-After asks, while others may ask", () =>
    runTest(
      Effect.gen(function* () {
        const times: Array<number> = []
        const server = yield* startScriptedGateway((asked, response) => {
          times.push(Date.now())
          if (asked.count > 1) answerPage(response)
          else answerError(response, 429, { errorCode: "410", message: "m" }, { "retry-after": "1" })
        })
        yield* Effect.gen(function* () {
          const waiting = yield* Effect.forkChild(ask)
          yield* Effect.sleep("10 millis").pipe(
            Effect.repeat({ until: () => times.length === 1, times: 200 }),
          )
          yield* ask
          expect(Date.now() - times[0]!).toBeLessThan(900)
          expect((yield* Fiber.join(waiting)).attempts).toBe(2)
        }).pipe(Effect.provide(gatewayLayer(server.baseUrl, { concurrency: 1 })))
        expect(times).toHaveLength(3)
        expect(times[2]! - times[0]!).toBeGreaterThanOrEqual(1_000)
      }),
    ))
})

describe("a fault that stays", () => {
  it.each([
    ["a spent quota", 429, { errorCode: "400", message: "Quota Exceeded" }, "QuotaSpent"],
    ["403", 403, "", "CredentialsRefused"],
    [
      "no permission",
      200,
      { errorCode: "260010", message: "no sub-account permission" },
      "CredentialsRefused",
    ],
    ["404", 404, { errorCode: "300", message: "Not Found Exception" }, "BadRequest"],
    [
      "a page size that is too large",
      400,
      { errorCode: "260002", message: "input value error" },
      "BadRequest",
    ],
    ["the same with HTTP 200", 200, { errorCode: "260002", message: "input value error" }, "BadRequest"],
    ["a redirect", 302, "", "BadRequest"],
  ] as const)("is not asked about again: %s", (_, status, body, tag) =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway((_, response) => answerError(response, status, body))
        const failure = yield* Effect.flip(ask).pipe(Effect.provide(gatewayLayer(server.baseUrl)))
        expect(failure).toMatchObject({ _tag: tag, status })
        expect(server.seen).toHaveLength(1)
      }),
    ),
  )

  it("does not spoil what others ask", () =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway((asked, response) =>
          asked.target.includes("pageNo=13&")
            ? answerError(response, 400, { errorCode: "260002", message: "m" })
            : answerPage(response),
        )
        const exits = yield* Effect.gen(function* () {
          const gateway = yield* Gateway
          return yield* Effect.forEach(
            Array.from({ length: 20 }, (_, index) => index + 1),
            (pageNo) => Effect.exit(gateway.statusPage({ ...firstPage, pageNo })),
            { concurrency: "unbounded" },
          )
        }).pipe(Effect.provide(gatewayLayer(server.baseUrl, { concurrency: 3 })))
        expect(exits.map(Exit.isFailure).indexOf(true)).toBe(12)
        expect(exits.filter(Exit.isSuccess)).toHaveLength(19)
      }),
    ))
})
