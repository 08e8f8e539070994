/** What a 401 leads to where keys are refused: they are loaded anew, once; and only then it is an error. */
import { describe, expect, it } from "vitest"
import { Effect, Layer, Redacted } from "effect"
import { Credentials } from "./Credentials.ts"
import { CredentialsMissing } from "./CredentialsError.ts"
import { ask, askAtOnce, withWarnings } from "./askAtOnce.fixture.ts"
import {
  accessKey,
  answerError,
  answerPage,
  gatewayLayer,
  secretKey,
  runTest,
  startScriptedGateway,
} from "./scriptedGateway.fixture.ts"

const refused = { errorCode: "200", message: "Authentication Failed" }

/** Keys that are `stale` until they are loaded a second time. */
const expiringCredentials = () => {
  let loads = 0
  const layer = Layer.succeed(
    Credentials,
    Credentials.of({
      load: Effect.sync(() => ({
        accessKey: Redacted.make(++loads === 1 ? "STALEACCESSKEY000001" : accessKey),
        secretKey: Redacted.make(secretKey),
        source: "the test",
      })),
    }),
  )
  return { layer, loads: () => loads }
}

describe("keys that are refused", () => {
  it("are loaded anew, once for all the calls that they failed, and then go on being used", () =>
    runTest(
      Effect.gen(function* () {
        const credentials = expiringCredentials()
        const server = yield* startScriptedGateway((asked, response) => {
          if (asked.accessKey === accessKey) answerPage(response)
          else setTimeout(() => answerError(response, 401, refused), 5)
        })
        yield* Effect.gen(function* () {
          const pages = yield* askAtOnce(20)
          expect(pages.map((page) => page.attempts).filter((attempts) => attempts > 2)).toEqual([])
          expect((yield* ask).attempts).toBe(1)
          expect(credentials.loads()).toBe(2)
          expect(server.seen.filter((asked) => asked.accessKey !== accessKey).length).toBeLessThanOrEqual(8)
        }).pipe(Effect.provide(gatewayLayer(server.baseUrl, {}, credentials.layer)))
      }),
    ))

  it.each([
    [200, "unauthenticated"],
    [210, "unsubscribed"],
  ] as const)("are an error when they are refused a second time: 401/%i", (code, kind) =>
    runTest(
      Effect.gen(function* () {
        const credentials = expiringCredentials()
        const server = yield* startScriptedGateway((_, response) =>
          answerError(response, 401, { errorCode: String(code), message: "m" }),
        )
        const failure = yield* Effect.flip(ask).pipe(
          Effect.provide(gatewayLayer(server.baseUrl, {}, credentials.layer)),
        )
        expect(failure).toMatchObject({ _tag: "CredentialsRefused", kind, key: "EXAM… from the test" })
        expect(server.seen).toHaveLength(2)
        expect(credentials.loads()).toBe(2)
      }),
    ),
  )

  it("may be followed by faults that pass", () =>
    runTest(
      Effect.gen(function* () {
        const credentials = expiringCredentials()
        const server = yield* startScriptedGateway((asked, response) => {
          if (asked.count % 2 === 1) answerError(response, 500, "")
          else if (asked.accessKey === accessKey) answerPage(response)
          else answerError(response, 401, refused)
        })
        const page = yield* Effect.provide(ask, gatewayLayer(server.baseUrl, {}, credentials.layer))
        expect(page.attempts).toBe(4)
      }),
    ))

  it("are loaded anew once in a call, whatever happens in between", () =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway((asked, response) =>
          asked.count === 2 ? answerError(response, 500, "") : answerError(response, 401, refused),
        )
        const credentials = expiringCredentials()
        const failure = yield* Effect.flip(ask).pipe(
          Effect.provide(gatewayLayer(server.baseUrl, {}, credentials.layer)),
        )
        expect(failure._tag).toBe("CredentialsRefused")
        expect([server.seen.length, credentials.loads()]).toEqual([3, 2])
      }),
    ))

  it("may be in a file that is half written when they are loaded anew", () =>
    runTest(
      Effect.gen(function* () {
        let loads = 0
        const halfDone = Layer.succeed(
          Credentials,
          Credentials.of({
            load: Effect.suspend(() => {
              loads++
              if (loads === 2 || loads === 3)
                return Effect.fail(new CredentialsMissing({ looked: ["a file"] }))
              return Effect.succeed({
                accessKey: Redacted.make(loads === 1 ? "STALEACCESSKEY000001" : accessKey),
                secretKey: Redacted.make(secretKey),
                source: "the test",
              })
            }),
          }),
        )
        const server = yield* startScriptedGateway((asked, response) =>
          asked.accessKey === accessKey ? answerPage(response) : answerError(response, 401, refused),
        )
        const pages = yield* Effect.provide(askAtOnce(30), gatewayLayer(server.baseUrl, {}, halfDone))
        expect(pages).toHaveLength(30)
        expect(loads).toBe(4)
        // Nothing more is sent with the old ones while new ones are looked for.
        expect(server.seen.filter((asked) => asked.accessKey !== accessKey).length).toBeLessThanOrEqual(4)
      }),
    ))

  it("are what is told where none can be loaded anew, and why not is a warning", () =>
    runTest(
      Effect.gen(function* () {
        let loads = 0
        const gone = Layer.succeed(
          Credentials,
          Credentials.of({
            load: Effect.suspend(() => {
              if (++loads > 1) return Effect.fail(new CredentialsMissing({ looked: ["a file"] }))
              return Effect.succeed({
                accessKey: Redacted.make(accessKey),
                secretKey: Redacted.make(secretKey),
                source: "the test",
              })
            }),
          }),
        )
        const warnings: Array<string> = []
        const server = yield* startScriptedGateway((_, response) => answerError(response, 401, refused))
        const failure = yield* Effect.flip(ask).pipe(
          Effect.provide(Layer.provideMerge(gatewayLayer(server.baseUrl, {}, gone), withWarnings(warnings))),
        )
        expect(failure._tag).toBe("CredentialsRefused")
        expect(server.seen).toHaveLength(1)
        expect(warnings.join()).toContain("After a refusal: No credentials found; looked in a file.")
      }),
    ))

  it("may not be there at all, and nothing is sent then", () =>
    runTest(
      Effect.gen(function* () {
        const server = yield* startScriptedGateway((_, response) => answerPage(response))
        const none = Layer.succeed(
          Credentials,
          Credentials.of({ load: Effect.fail(new CredentialsMissing({ looked: ["nowhere"] })) }),
        )
        const failure = yield* Effect.flip(ask).pipe(Effect.provide(gatewayLayer(server.baseUrl, {}, none)))
        expect(failure._tag).toBe("CredentialsMissing")
        expect(server.seen).toEqual([])
      }),
    ))
  it("are not tried by each call that waits, once keys loaded anew are refused as well", () =>
    runTest(
      Effect.gen(function* () {
        const credentials = expiringCredentials()
        const server = yield* startScriptedGateway((_, response) => {
          setTimeout(() => answerError(response, 401, refused), 5)
        })
        const failures = yield* Effect.all(
          Array.from({ length: 60 }, () => Effect.flip(ask)),
          { concurrency: "unbounded" },
        ).pipe(Effect.provide(gatewayLayer(server.baseUrl, {}, credentials.layer)))
        expect(new Set(failures.map((failure) => failure._tag))).toEqual(new Set(["CredentialsRefused"]))
        expect(credentials.loads()).toBe(2)
        // All that are under way at once, with the old keys and with the new ones.
        expect(server.seen.length).toBeLessThanOrEqual(2 * 8)
      }),
    ))
})
