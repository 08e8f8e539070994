/**
 * HTTP as the gateway's client needs it: one GET with exactly this target, one answer with its whole body, over connections
 * that are kept. undici's dispatcher is used as it is: Effect's own HTTP client takes the URL apart and puts it together
 * again, which must not happen to a signed target, and costs half as much CPU again.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type * as Scope from "effect/Scope"
import type { Dispatcher } from "@effect/platform-node/Undici"
import type { CollectedAnswer } from "./AnswerHandler.ts"
import { AnswerHandler } from "./AnswerHandler.ts"
import type { BaseUrl } from "./baseUrl.ts"
import { NetworkFailed } from "./GatewayError.ts"
import type { Proxy } from "./Proxy.ts"
import type { Wait } from "./LatencyTrend.ts"
import { readNetworkFailure } from "./readNetworkFailure.ts"

export interface HttpAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  /** As it came: it is not made one text, which would be dear (core, `parseAnswer`). */
  readonly body: Buffer
  /** Epoch ms by the local clock. */
  readonly receivedAt: number
}

/** An answer, and what it took. */
export interface TimedAnswer extends HttpAnswer {
  /** Size of the body. */
  readonly bytes: number
  readonly wait: Wait
  /** Gives the memory of the body back, which is empty from then on. */
  readonly release: () => void
}

export interface TransportOptions {
  readonly baseUrl: BaseUrl
  readonly proxy: Proxy | undefined
  readonly connections: number
  /** For the whole answer: headers and body. */
  readonly attemptTimeoutMs: number
}

export interface Transport {
  readonly get: (
    target: string,
    headers: Readonly<Record<string, string>>,
  ) => Effect.Effect<TimedAnswer, NetworkFailed>
}

/** A page is about 400 kB; whatever sends more than this is not the gateway. */
const maxAnswerBytes = 256 * 1024 * 1024

/** Connections are closed with the scope. */
export const makeTransport = Effect.fnUntraced(function* (
  options: TransportOptions,
): Effect.fn.Return<Transport, never, Scope.Scope> {
  const { origin, host } = options.baseUrl
  const proxy = options.proxy?.host ?? null
  const dispatcher = yield* makeDispatcher(options)
  const get: Transport["get"] = (target, headers) =>
    Effect.callback<CollectedAnswer, NetworkFailed>((resume) => {
      const fail = (cause: unknown) => resume(Effect.fail(readNetworkFailure(cause, host, proxy)))
      const handler = new AnswerHandler((answer) => resume(Effect.succeed(answer)), fail)
      try {
        dispatcher.dispatch({ method: "GET", origin, path: target, headers }, handler)
      } catch (error) {
        fail(error)
      }
      return Effect.sync(() => handler.giveUp())
    }).pipe(
      Effect.timeoutOrElse({
        duration: options.attemptTimeoutMs,
        orElse: () =>
          Effect.fail(
            new NetworkFailed({
              host,
              proxy,
              code: "TIMEOUT",
              reason: `no complete answer within ${options.attemptTimeoutMs / 1_000} s`,
              transient: true,
            }),
          ),
      }),
      Effect.flatMap((answer) =>
        Effect.map(Clock.currentTimeMillis, (receivedAt) => {
          const body = answer.body.bytes
          return { ...answer, body, bytes: body.length, receivedAt, release: () => answer.body.release() }
        }),
      ),
    )
  return { get }
})

/** The one place that decides which way the connections go. */
const makeDispatcher = (options: TransportOptions): Effect.Effect<Dispatcher, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.map(
      Effect.promise(() => import("@effect/platform-node/Undici")),
      // The names beside `default` are not there once the program is bundled, since undici is CommonJS.
      ({ default: undici }) => {
        const { proxy, connections, attemptTimeoutMs } = options
        const timeouts = {
          headersTimeout: attemptTimeoutMs + 1_000,
          bodyTimeout: attemptTimeoutMs + 1_000,
        }
        // HTTP/2 would put all requests on one connection, and nothing is known of how this gateway does it.
        const agent = {
          ...timeouts,
          connections,
          pipelining: 1,
          allowH2: false,
          maxResponseSize: maxAnswerBytes,
        }
        if (proxy === undefined) return new undici.Agent({ ...agent, connect: { timeout: attemptTimeoutMs } })
        return new undici.ProxyAgent({
          ...agent,
          uri: proxy.origin,
          ...(proxy.authorization === undefined ? {} : { token: Redacted.value(proxy.authorization) }),
          proxyTunnel: true,
          connectTimeout: attemptTimeoutMs,
          clientFactory: (origin, pool) => new undici.Pool(origin, { ...pool, ...timeouts }),
        })
      },
    ),
    (dispatcher) => Effect.promise(() => dispatcher.destroy()),
  )

/** The value of a header, the first one where it was sent several times. */
export const headerOf = (answer: Pick<HttpAnswer, "headers">, name: string): string | undefined => {
  const value = answer.headers[name]
  return typeof value === "string" || value === undefined ? value : value[0]
}
