/**
 * Nothing that authenticates is ever shown: not in errors, not in logs at any level, not in spans. The gateway of this
 * test prints all headers of a request into its answer, in many encodings, as debugging proxies do.
 */
import { describe, expect, it } from "vitest"
import { Cause, Effect, Exit, Layer, Logger, References, Tracer } from "effect"
import { inspect } from "node:util"
import { Gateway } from "./Gateway.ts"
import {
  accessKey,
  answerError,
  answerPage,
  firstPage,
  gatewayLayer,
  hastyLimits,
  secretKey,
  runTest,
  startScriptedGateway,
} from "./scriptedGateway.fixture.ts"

/** 429 comes last, since the client slows down for it. */
const statuses = [200, 201, 302, 400, 401, 403, 404, 408, 413, 500, 502, 503, 429]

const echoes: ReadonlyArray<(headers: NodeJS.Dict<string | Array<string>>) => string> = [
  (headers) => JSON.stringify(headers),
  (headers) => JSON.stringify({ error: { errorCode: "999", message: "echo", details: headers } }),
  (headers) =>
    JSON.stringify({ error: { errorCode: JSON.stringify(headers), message: JSON.stringify(headers) } }),
  (headers) =>
    `<html>${Object.entries(headers)
      .map(([name, value]) => `<p>${name}: ${String(value)}`)
      .join("")}`,
  (headers) => String(headers["x-ncp-apigw-signature-v2"]),
  (headers) =>
    new URLSearchParams(
      Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString(),
]

/** A signature as it is, and as it would be printed by the encodings above. */
const formsOf = (signature: string) => [
  signature,
  encodeURIComponent(signature),
  signature.replaceAll("/", "\\/"),
]

describe("secrets", () => {
  it("are in no error, log line or span, whatever the gateway prints", () =>
    runTest(
      Effect.gen(function* () {
        const shown: Array<string> = []
        const spans: Array<Tracer.NativeSpan> = []
        let status = 200
        let echo = echoes[0]!
        const server = yield* startScriptedGateway((asked, response, request) => {
          const body = echo(request.headers)
          const headers = {
            "x-ncp-trace-id": String(request.headers["x-ncp-apigw-signature-v2"]),
            location: body,
          }
          if (asked.count % 50 === 0) answerPage(response)
          else answerError(response, status, body, headers)
        })
        const observed = Layer.mergeAll(
          Logger.layer([Logger.make((line) => shown.push(inspect(line.message), Cause.pretty(line.cause)))]),
          Layer.succeed(References.MinimumLogLevel, "All"),
          Layer.succeed(
            Tracer.Tracer,
            Tracer.make({
              span: (options) => {
                const span = new Tracer.NativeSpan(options)
                spans.push(span)
                return span
              },
            }),
          ),
        )
        const newGateway = Layer.fresh(
          gatewayLayer(server.baseUrl, { retryLimits: { ...hastyLimits, attempts: 2 } }),
        )
        yield* Effect.gen(function* () {
          for (status of statuses) {
            for (echo of echoes) {
              // One that was refused for good sends nothing more.
              const ask = Effect.flatMap(Gateway, (gateway) => gateway.statusPage(firstPage))
              const exit = yield* Effect.exit(Effect.provide(ask, newGateway))
              if (Exit.isSuccess(exit)) continue
              const error = Cause.squash(exit.cause)
              shown.push(
                Cause.pretty(exit.cause),
                JSON.stringify(error),
                inspect(error, { depth: 9 }),
                String(error),
              )
            }
          }
        }).pipe(Effect.provide(observed))
        for (const span of spans) shown.push(span.name, inspect([...span.attributes], { depth: 9 }))

        const all = shown.join("\n")
        expect(spans.map((span) => span.name)).toContain("page")
        expect(all).toContain("pageNo")
        expect(all).toContain("Attempt 1 failed")
        expect(all).toContain("EXAM…")
        expect(all).toContain("x-ncp-apigw-signature-v2 …")
        expect(server.seen.length).toBeGreaterThan(statuses.length * echoes.length)
        for (const secret of [secretKey, accessKey]) expect(all).not.toContain(secret)
        for (const { signature } of server.seen) {
          for (const form of formsOf(signature)) expect(all).not.toContain(form)
        }
      }),
    ))
})
