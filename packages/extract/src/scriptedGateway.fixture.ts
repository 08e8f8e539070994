/**
 * A gateway for tests that answers as the test says, with real HTTP on loopback, and remembers what it was asked. It checks
 * signatures with code of its own.
 */
import { createHmac } from "node:crypto"
import type { IncomingMessage, ServerResponse } from "node:http"
import { createServer } from "node:http"
import type { Scope } from "effect"
import { Effect, Layer, Redacted, Result } from "effect"
import { Credentials } from "./Credentials.ts"
import type { GatewayOptions } from "./Gateway.ts"
import { Gateway } from "./Gateway.ts"
import { parseBaseUrl } from "./baseUrl.ts"

export const accessKey = "EXAMPLEACCESSKEY0001"
export const secretKey = "ExampleSecretKey0000000000000000000000001"

export interface Asked {
  /** From 1. */
  readonly count: number
  readonly target: string
  readonly timestamp: number
  readonly accessKey: string
  readonly signature: string
  /** Whether the signature is that of the example's secret. */
  readonly isSigned: boolean
  /** The client's port: one connection. */
  readonly connection: number
}

export type Script = (asked: Asked, response: ServerResponse, request: IncomingMessage) => void

export const startScriptedGateway = (script: Script) =>
  Effect.acquireRelease(
    Effect.callback<{
      readonly baseUrl: string
      readonly seen: Array<Asked>
      readonly mostAtOnce: () => number
      readonly close: () => void
    }>((resume) => {
      const seen: Array<Asked> = []
      let open = 0
      let mostAtOnce = 0
      const server = createServer((request, response) => {
        const header = (name: string) => String(request.headers[name])
        const timestamp = header("x-ncp-apigw-timestamp")
        const key = header("x-ncp-iam-access-key")
        const signature = header("x-ncp-apigw-signature-v2")
        const signed = `${request.method} ${request.url}\n${timestamp}\n${key}`
        const asked = {
          count: seen.length + 1,
          target: String(request.url),
          timestamp: Number(timestamp),
          accessKey: key,
          signature,
          isSigned: createHmac("sha256", secretKey).update(signed).digest("base64") === signature,
          connection: request.socket.remotePort ?? 0,
        }
        seen.push(asked)
        mostAtOnce = Math.max(mostAtOnce, ++open)
        response.once("close", () => open--)
        script(asked, response, request)
      })
      server.keepAliveTimeout = 0
      server.listen(0, "127.0.0.1", () => {
        const address = server.address()
        const port = typeof address === "object" ? address?.port : address
        const close = () => {
          server.close()
          server.closeAllConnections()
        }
        resume(
          Effect.succeed({ baseUrl: `http://127.0.0.1:${port}`, seen, mostAtOnce: () => mostAtOnce, close }),
        )
      })
    }),
    (gateway) => Effect.sync(() => gateway.close()),
  )

/** Answers with a page of `rows` rows. */
export const answerPage = (
  response: ServerResponse,
  rows = 1,
  headers: Record<string, string> = {},
): void => {
  const content = Array.from({ length: rows }, (_, index) => ({
    categoryId: index,
    filePath: `f${index}.mp4`,
  }))
  response.writeHead(200, { "content-type": "application/json", ...headers })
  response.end(JSON.stringify({ content, total: rows }))
}

export const answerError = (
  response: ServerResponse,
  status: number,
  body: string | { readonly errorCode: string; readonly message: string },
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, headers)
  response.end(typeof body === "string" ? body : JSON.stringify({ error: body }))
}

export const exampleCredentials = Layer.succeed(
  Credentials,
  Credentials.of({
    load: Effect.succeed({
      accessKey: Redacted.make(accessKey),
      secretKey: Redacted.make(secretKey),
      source: "the test",
    }),
  }),
)

/** Retries at once, so that tests need not wait. */
export const hastyLimits = {
  attempts: 4,
  baseDelayMs: 2,
  maxDelayMs: 10,
  totalMs: 20_000,
  maxRetryAfterMs: 300_000,
}

export const gatewayLayer = (
  baseUrl: string,
  options: Partial<Omit<GatewayOptions, "baseUrl">> = {},
  credentials: Layer.Layer<Credentials> = exampleCredentials,
): Layer.Layer<Gateway> =>
  Gateway.layer({
    baseUrl: Result.getOrThrow(parseBaseUrl(baseUrl)),
    concurrency: 8,
    attemptTimeoutMs: 10_000,
    retryLimits: hastyLimits,
    ...options,
  }).pipe(Layer.provide(credentials))

export const firstPage = { pageNo: 1, pageSizeNo: 1_000, from: 1755590820000, to: 1755591000000 }

/** Runs a test with the real clock; what it opened is closed in the end. */
export const runTest = <A, E>(test: Effect.Effect<A, E, Scope.Scope>): Promise<A> =>
  Effect.runPromise(Effect.scoped(test))

/** Those of the requests whose signature or timestamp is wrong or was used before. */
export const unsignedOrReplayed = (seen: ReadonlyArray<Asked>): ReadonlyArray<Asked> =>
  seen.filter(
    (asked, index) =>
      !asked.isSigned ||
      seen
        .slice(0, index)
        .some((other) => other.signature === asked.signature || other.timestamp === asked.timestamp),
  )
