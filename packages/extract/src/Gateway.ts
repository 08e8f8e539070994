/**
 * The API gateway as a client sees it: pages of the status list, signed, retried, and limited in how many are asked for at
 * once. What comes back is an answer or one of the errors in `GatewayError.ts`; whether answers add up is for the reader.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { StatusAnswer } from "@vodstation-etl/core/parseAnswer"
import { parseAnswer } from "@vodstation-etl/core/parseAnswer"
import { Credentials } from "./Credentials.ts"
import { GatewayClock } from "./GatewayClock.ts"
import type { GatewayError } from "./GatewayError.ts"
import { describeSkew } from "./GatewayError.ts"
import { holdCredentials } from "./HeldCredentials.ts"
import { makeRequestLimit } from "./RequestLimit.ts"
import { signatureHeaders } from "./Signature.ts"
import { SigningClock } from "./SigningClock.ts"
import type { HttpAnswer } from "./Transport.ts"
import { headerOf, makeTransport } from "./Transport.ts"
import type { BaseUrl } from "./baseUrl.ts"
import { mayHoldError } from "./readErrorBody.ts"
import type { SentRequest } from "./readFailure.ts"
import { isSuccessStatus, readFailure, unreadable } from "./readFailure.ts"
import type { Call } from "./retrySchedule.ts"
import { retrySchedule } from "./retrySchedule.ts"
import type { RetryLimits } from "./retryTiming.ts"
import { defaultRetryLimits } from "./retryTiming.ts"
import type { StatusPageRequest } from "./statusTarget.ts"
import { statusTarget } from "./statusTarget.ts"

export interface GatewayOptions {
  readonly baseUrl: BaseUrl
  /** Requests under way at once, and connections. */
  readonly concurrency: number
  /** For one attempt, headers and body together. Default 30 s. */
  readonly attemptTimeoutMs?: number
  /** Default `defaultRetryLimits`. */
  readonly retryLimits?: RetryLimits
}

export interface StatusPage {
  readonly answer: StatusAnswer
  /** When the request that was answered was sent, epoch ms by the gateway's clock. */
  readonly at: number
  /** Requests that it took, from 1. */
  readonly attempts: number
  /** `x-ncp-trace-id`. */
  readonly traceId?: string
}

/** What was sent since the gateway was made. */
export interface GatewayStats {
  readonly requests: number
  /** Those of them that were not the first of their call. */
  readonly retries: number
}

export class Gateway extends Context.Service<
  Gateway,
  {
    /** Asks for one page. A call is retried and its requests are signed as the design's "Asking" says. */
    readonly statusPage: (request: StatusPageRequest) => Effect.Effect<StatusPage, GatewayError>
    /** The gateway's clock, epoch ms; as long as nothing was asked, the local one. */
    readonly now: Effect.Effect<number>
    readonly stats: Effect.Effect<GatewayStats>
  }
>()("@vodstation-etl/extract/Gateway") {
  static readonly layer = (options: GatewayOptions): Layer.Layer<Gateway, never, Credentials> =>
    Layer.effect(Gateway, makeGateway(options))
}

const makeGateway = Effect.fnUntraced(function* (options: GatewayOptions) {
  const { baseUrl, concurrency, attemptTimeoutMs = 30_000, retryLimits = defaultRetryLimits } = options
  const credentials = yield* holdCredentials(yield* Credentials)
  const transport = yield* makeTransport({ baseUrl, connections: concurrency, attemptTimeoutMs })
  const limit = yield* makeRequestLimit(concurrency)
  const clock = new GatewayClock()
  const signingClock = new SigningClock()
  let requests = 0
  let retries = 0

  const now = Effect.map(Clock.currentTimeMillis, (local) => local + clock.offset)

  /** One request, signed anew. */
  const attempt = Effect.fnUntraced(function* (
    target: string,
    call: Call,
  ): Effect.fn.Return<StatusPage, GatewayError> {
    const keys = yield* credentials.current
    const sentAt = yield* Clock.currentTimeMillis
    const timestamp = signingClock.next(sentAt + clock.offset)
    const sent = {
      target,
      timestamp,
      accessKey: Redacted.value(keys.accessKey),
      keySource: keys.source,
    }
    call.keys = keys
    call.sentAt = sentAt
    call.attempts++
    requests++
    if (call.attempts > 1) retries++
    const answer = yield* transport.get(target, {
      accept: "application/json",
      ...signatureHeaders({ method: "GET", target, timestamp, ...keys }),
    })
    const read = readAnswer(answer, sent)
    const clockRefused = Result.isFailure(read) && read.failure._tag === "ClockOff"
    clock.observe(headerOf(answer, "date"), sentAt, answer.receivedAt, clockRefused)
    const traceId = headerOf(answer, "x-ncp-trace-id")
    return {
      answer: yield* Effect.fromResult(read),
      at: sentAt + clock.offset,
      attempts: call.attempts,
      ...(traceId === undefined ? {} : { traceId }),
    }
  })

  /** An attempt that, the first time in a call, is made once more with a clock put right, and once more with keys loaded anew. */
  const authenticated = (target: string, call: Call): Effect.Effect<StatusPage, GatewayError> => {
    const limited = Effect.suspend(() => limit.run(attempt(target, call)))
    return limited.pipe(
      Effect.catchTag("ClockOff", (error) => {
        if (call.clockCorrected) return Effect.fail(error)
        call.clockCorrected = true
        return Effect.andThen(correctClock, limited)
      }),
      Effect.catchTag("CredentialsRefused", (error) => {
        if (call.keysRenewed || error.kind === "forbidden" || call.keys === undefined)
          return Effect.fail(error)
        call.keysRenewed = true
        return Effect.andThen(
          credentials.renew(call.keys),
          Effect.andThen(
            Effect.logDebug(`${error.message} Trying once more with keys loaded anew.`),
            limited,
          ),
        )
      }),
    )
  }

  let saidOffset = 0
  const correctClock = Effect.gen(function* () {
    signingClock.restart(yield* now)
    // Many requests can be refused for the same clock: it is said once, and again only when the clock has leapt again.
    const { offset } = clock
    if (Math.abs(offset - saidOffset) < 60_000) return
    saidOffset = offset
    yield* Effect.logWarning(
      offset === 0
        ? "This machine's clock agrees with the gateway's again."
        : `This machine's clock is ${describeSkew(-offset)} the gateway's. Requests are signed with the gateway's time from now on; set the clock, by NTP for example.`,
    )
  })

  const statusPage = Effect.fn("Gateway.statusPage")(function* (request: StatusPageRequest) {
    yield* Effect.annotateCurrentSpan({ ...request })
    const target = statusTarget(baseUrl.pathPrefix, request)
    const call: Call = { attempts: 0, spentMs: 0, clockCorrected: false, keysRenewed: false }
    return yield* Effect.retry(authenticated(target, call), retrySchedule(call, retryLimits))
  })

  return Gateway.of({ statusPage, now, stats: Effect.sync(() => ({ requests, retries })) })
})

const readAnswer = (answer: HttpAnswer, sent: SentRequest): Result.Result<StatusAnswer, GatewayError> => {
  // Parsing is most of what a page costs: a body is parsed a second time only where an error may hide in it.
  if (!isSuccessStatus(answer.status) || mayHoldError(answer.body)) {
    const failure = readFailure(answer, sent)
    if (failure !== undefined) return Result.fail(failure)
  }
  return Result.mapError(
    parseAnswer(answer.body),
    (problem) => readFailure(answer, sent) ?? unreadable(problem, answer, sent),
  )
}
