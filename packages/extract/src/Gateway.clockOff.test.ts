/** What a 401 leads to where the clock is off: it is put right, once; and only then it is an error. */
import { describe, expect, it } from "vitest"
import { Clock, Effect, Layer } from "effect"
import { Gateway } from "./Gateway.ts"
import { ask, askAtOnce, withWarnings } from "./askAtOnce.fixture.ts"
import type { Asked } from "./scriptedGateway.fixture.ts"
import {
  answerError,
  answerPage,
  gatewayLayer,
  runTest,
  startScriptedGateway,
} from "./scriptedGateway.fixture.ts"

const refused = { errorCode: "200", message: "Authentication Failed" }
const minute = 60_000

/** A gateway whose clock is `skewMs` ahead of ours, and that refuses what is signed more than 5 minutes off. */
const startSkewedGateway = (skewMs: () => number) =>
  startScriptedGateway((asked, response) => {
    response.sendDate = false
    const now = Date.now() + skewMs()
    const date = new Date(now).toUTCString()
    if (Math.abs(asked.timestamp - now) > 5 * minute) answerError(response, 401, refused, { date })
    else answerPage(response, 1, { date })
  })

const isAccepted = (skewMs: number) => (asked: Asked) =>
  Math.abs(asked.timestamp - Date.now() - skewMs) < 5 * minute

describe("a clock that is off", () => {
  it.each([
    [10 * minute, "10 min behind"],
    [-10 * minute, "10 min ahead of"],
    [-5 * 365 * 24 * 60 * minute, "43800 h ahead of"],
  ] as const)("by %i ms is put right once, and it is said once", (skewMs, said) =>
    runTest(
      Effect.gen(function* () {
        const warnings: Array<string> = []
        const server = yield* startSkewedGateway(() => skewMs)
        yield* Effect.gen(function* () {
          const gateway = yield* Gateway
          const pages = yield* askAtOnce(30)
          expect(pages.map((page) => page.attempts).filter((attempts) => attempts > 2)).toEqual([])
          expect(server.seen.filter((asked) => !isAccepted(skewMs)(asked)).length).toBeLessThanOrEqual(8)
          expect((yield* ask).attempts).toBe(1)
          for (const time of [yield* gateway.now, pages[0]!.at]) {
            expect(Math.abs(time - Date.now() - skewMs)).toBeLessThan(3_000)
          }
        }).pipe(Effect.provide(Layer.provideMerge(gatewayLayer(server.baseUrl), withWarnings(warnings))))
        expect(new Set(server.seen.map((asked) => asked.timestamp)).size).toBe(server.seen.length)
        expect(warnings).toHaveLength(1)
        expect(warnings[0]).toContain(`clock is ${said} the gateway's`)
      }),
    ),
  )

  it("is put right again after it has leapt", () =>
    runTest(
      Effect.gen(function* () {
        let skewMs = 0
        const warnings: Array<string> = []
        const server = yield* startSkewedGateway(() => skewMs)
        const attempts = yield* Effect.gen(function* () {
          const counts: Array<number> = []
          for (skewMs of [0, 60 * minute, 60 * minute, 0, 0, -60 * minute]) counts.push((yield* ask).attempts)
          return counts
        }).pipe(Effect.provide(Layer.provideMerge(gatewayLayer(server.baseUrl), withWarnings(warnings))))
        expect(attempts).toEqual([1, 2, 1, 2, 1, 2])
        expect(warnings.map((warning) => /clock (.*?) the gateway's/.exec(warning)?.[1])).toEqual([
          "is 60 min behind",
          "agrees with",
          "is 60 min ahead of",
        ])
        expect(new Set(server.seen.map((asked) => asked.timestamp)).size).toBe(server.seen.length)
      }),
    ))

  it.each([-26 * 60 * minute, 26 * 60 * minute])(
    "and leaps by %i ms, is not believed about when a page was asked for",
    (leap) =>
      runTest(
        Effect.gen(function* () {
          let localSkewMs = -leap
          const local = yield* Clock.Clock
          const leaping: Clock.Clock = Object.assign(Object.create(local), {
            currentTimeMillisUnsafe: () => Date.now() + localSkewMs,
            currentTimeMillis: Effect.sync(() => Date.now() + localSkewMs),
          })
          const server = yield* startSkewedGateway(() => 0)
          yield* Effect.gen(function* () {
            expect((yield* ask).attempts).toBe(2)
            localSkewMs = 0
            for (let pages = 0; pages < 4; pages++)
              expect(Math.abs((yield* ask).at - Date.now())).toBeLessThan(3_000)
          }).pipe(
            Effect.provide(Layer.provideMerge(gatewayLayer(server.baseUrl), withWarnings([]))),
            Effect.provideService(Clock.Clock, leaping),
          )
        }),
      ),
  )

  it("by less than 5 minutes is followed without a word", () =>
    runTest(
      Effect.gen(function* () {
        const warnings: Array<string> = []
        const server = yield* startSkewedGateway(() => 4 * minute)
        yield* Effect.gen(function* () {
          expect((yield* ask).attempts).toBe(1)
          expect(Math.abs((yield* (yield* Gateway).now) - Date.now() - 4 * minute)).toBeLessThan(2_000)
        }).pipe(Effect.provide(Layer.provideMerge(gatewayLayer(server.baseUrl), withWarnings(warnings))))
        expect(warnings).toEqual([])
      }),
    ))

  it("is left alone where it is not", () =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startSkewedGateway(() => 0)
        yield* Effect.gen(function* () {
          yield* askAtOnce(10)
          const before = Date.now()
          const now = yield* (yield* Gateway).now
          expect(now).toBeGreaterThanOrEqual(before)
          expect(now).toBeLessThanOrEqual(Date.now())
        }).pipe(Effect.provide(gatewayLayer(server.baseUrl)))
      }),
    ))

  it.each([
    ["at once", 0, 2],
    ["after a fault that passed", 2, 3],
  ])("is an error where putting it right does not help: %s", (_, faultAt, requests) =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway((asked, response) => {
          response.sendDate = false
          const date = new Date(asked.timestamp + 10 * minute).toUTCString()
          if (asked.count === faultAt) answerError(response, 500, "")
          else answerError(response, 401, refused, { date })
        })
        const failure = yield* Effect.flip(ask).pipe(
          Effect.provide(Layer.provideMerge(gatewayLayer(server.baseUrl), withWarnings([]))),
        )
        expect(failure).toMatchObject({ _tag: "ClockOff", status: 401, code: "200" })
        expect(failure.message).toContain("10 min behind")
        expect(server.seen).toHaveLength(requests)
      }),
    ),
  )
})
