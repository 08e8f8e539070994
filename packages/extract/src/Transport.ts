/**
 * HTTP as the gateway's client needs it: one GET with exactly this target, one answer with its whole body, over connections
 * that are kept. undici's dispatcher is used as it is: Effect's own HTTP client takes the URL apart and puts it together
 * again, which must not happen to a signed target, and costs half as much CPU again.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { Dispatcher } from "@effect/platform-node/Undici"
import type { BaseUrl } from "./baseUrl.ts"
import { NetworkFailed } from "./GatewayError.ts"
import { readNetworkFailure } from "./readNetworkFailure.ts"

export interface HttpAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: string
  /** Epoch ms by the local clock. */
  readonly receivedAt: number
}

export interface TransportOptions {
  readonly baseUrl: BaseUrl
  readonly connections: number
  /** For the whole answer: headers and body. */
  readonly attemptTimeoutMs: number
}

export interface Transport {
  readonly get: (
    target: string,
    headers: Readonly<Record<string, string>>,
  ) => Effect.Effect<HttpAnswer, NetworkFailed>
}

/** A page is about 400 kB; whatever sends more than this is not the gateway. */
const maxAnswerBytes = 256 * 1024 * 1024

/** Connections are closed with the scope. */
export const makeTransport = Effect.fnUntraced(function* (
  options: TransportOptions,
): Effect.fn.Return<Transport, never, Scope.Scope> {
  const { origin, host } = options.baseUrl
  const dispatcher = yield* makeDispatcher(options)
  const get: Transport["get"] = (target, headers) =>
    Effect.tryPromise({
      try: async (signal) => {
        const answer = await dispatcher.request({ method: "GET", origin, path: target, headers, signal })
        return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() }
      },
      catch: (cause) => readNetworkFailure(cause, host),
    }).pipe(
      Effect.timeoutOrElse({
        duration: options.attemptTimeoutMs,
        orElse: () =>
          Effect.fail(
            new NetworkFailed({
              host,
              code: "TIMEOUT",
              reason: `no complete answer within ${options.attemptTimeoutMs / 1_000} s`,
              transient: true,
            }),
          ),
      }),
      Effect.flatMap((answer) =>
        Effect.map(Clock.currentTimeMillis, (receivedAt) => ({ ...answer, receivedAt })),
      ),
    )
  return { get }
})

/** The one place that decides which way the connections go; a proxy would be put in here. */
const makeDispatcher = (options: TransportOptions): Effect.Effect<Dispatcher, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.map(
      Effect.promise(() => import("@effect/platform-node/Undici")),
      (undici) =>
        new undici.Agent({
          connections: options.connections,
          pipelining: 1,
          // HTTP/2 would put all requests on one connection, and nothing is known of how this gateway does it.
          allowH2: false,
          connect: { timeout: options.attemptTimeoutMs },
          headersTimeout: options.attemptTimeoutMs + 1_000,
          bodyTimeout: options.attemptTimeoutMs + 1_000,
          maxResponseSize: maxAnswerBytes,
        }),
    ),
    (dispatcher) => Effect.promise(() => dispatcher.destroy()),
  )

/** The value of a header, the first one where it was sent several times. */
export const headerOf = (answer: Pick<HttpAnswer, "headers">, name: string): string | undefined => {
  const value = answer.headers[name]
  return typeof value === "string" || value === undefined ? value : value[0]
}
