/**
 * The API gateway as a client sees it: pages of the status list and its statistics, signed, retried, and limited in how
 * many are asked for at once. What comes back is an answer or one of the errors in `GatewayError.ts`; whether answers add up is for the reader.
 */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Semaphore from "effect/Semaphore"
import type { AnswerUnreadable } from "@vodstation-etl/core/AnswerUnreadable"
import type { StatusAnswer } from "@vodstation-etl/core/parseAnswer"
import { parseAnswer } from "@vodstation-etl/core/parseAnswer"
import { Credentials } from "./Credentials.ts"
import { GatewayClock } from "./GatewayClock.ts"
import type { CredentialsRefused, GatewayError, QuotaSpent } from "./GatewayError.ts"
import { describeSkew } from "./GatewayError.ts"
import { holdCredentials } from "./HeldCredentials.ts"
import type { Proxy } from "./Proxy.ts"
import { makeRequestLimit } from "./RequestLimit.ts"
import { signatureHeaders } from "./Signature.ts"
import { SigningClock } from "./SigningClock.ts"
import type { HttpAnswer } from "./Transport.ts"
import { headerOf, makeTransport } from "./Transport.ts"
import { attemptOutcome } from "./attemptOutcome.ts"
import type { BaseUrl } from "./baseUrl.ts"
import { giveWay } from "./giveWay.ts"
import { mayHoldError } from "./readErrorBody.ts"
import type { SentRequest } from "./readFailure.ts"
import { isSuccessStatus, readFailure, unreadable } from "./readFailure.ts"
import { countRequest } from "./requestCounters.ts"
import type { Call } from "./retrySchedule.ts"
import { retrySchedule } from "./retrySchedule.ts"
import type { RetryLimits } from "./retryTiming.ts"
import { defaultRetryLimits } from "./retryTiming.ts"
import type { StatusCounts } from "./parseStatistic.ts"
import { parseStatistic } from "./parseStatistic.ts"
import type { StatusPageRequest, WindowRequest } from "./statusTarget.ts"
import { statisticTarget, statusTarget } from "./statusTarget.ts"

export interface GatewayOptions {
  readonly baseUrl: BaseUrl
  /** What `proxyFor` gives for the address. Default: none. */
  readonly proxy?: Proxy | undefined
  /** The most requests under way at once, and connections; as many as the gateway bears are used. */
  readonly concurrency: number
  /** The most requests in a second, retries included. Default: no such limit. */
  readonly rate?: number | undefined
  /** For one attempt, headers and body together. Default 30 s. */
  readonly attemptTimeoutMs?: number
  /** Default `defaultRetryLimits`. */
  readonly retryLimits?: RetryLimits
}

/** What was asked for, and what is told of the asking. */
export interface Answered<A> {
  readonly answer: A
  /** When the request that was answered was sent, epoch ms by the gateway's clock. */
  readonly at: number
  /** Requests that it took, from 1. */
  readonly attempts: number
  /** `x-ncp-trace-id`. */
  readonly traceId?: string
  /** Gives back what memory the answer holds on to: it must not be looked into any more. */
  readonly release?: () => void
}

export type StatusPage = Answered<StatusAnswer>

/** What was sent since the gateway was made. */
export interface GatewayStats {
  readonly requests: number
  /** Those of them that were not the first of their call. */
  readonly retries: number
}

export class Gateway extends Context.Service<
  Gateway,
  {
    /**
     * Asks for one page. A call is retried and its requests are signed as the design's "Asking" says. After the first
     * `QuotaSpent`, or keys that are refused when they were loaded anew, nothing is sent any more, and every call ends with it.
     */
    readonly statusPage: (request: StatusPageRequest) => Effect.Effect<StatusPage, GatewayError>
    /**
     * Asks how many encodings of a window are in which status, by the gateway's own count (API facts, 2.2). Asked and
     * retried like a page.
     */
    readonly statistic: (request: WindowRequest) => Effect.Effect<Answered<StatusCounts>, GatewayError>
    /** The gateway's clock, epoch ms; as long as nothing was asked, the local one. */
    readonly now: Effect.Effect<number>
    readonly stats: Effect.Effect<GatewayStats>
  }
>()("@vodstation-etl/extract/Gateway") {
  static readonly layer = (options: GatewayOptions): Layer.Layer<Gateway, never, Credentials> =>
    Layer.effect(Gateway, makeGateway(options))
}

const makeGateway = Effect.fnUntraced(function* (options: GatewayOptions) {
  const {
    baseUrl,
    proxy,
    concurrency,
    rate,
    attemptTimeoutMs = 30_000,
    retryLimits = defaultRetryLimits,
  } = options
  const credentials = yield* holdCredentials(yield* Credentials)
  const transport = yield* makeTransport({ baseUrl, proxy, connections: concurrency, attemptTimeoutMs })
  const limit = yield* makeRequestLimit({ ceiling: concurrency, perSecond: rate })
  // Reading a page keeps this process busy for some ms: requests that may go out, and answers that came, come before the next.
  const oneAtATime = yield* Semaphore.make(1)
  const clock = new GatewayClock()
  const signingClock = new SigningClock()
  let requests = 0
  let retries = 0
  let ended: QuotaSpent | CredentialsRefused | undefined

  const now = Effect.map(Clock.currentTimeMillis, (local) => clock.now(local))

  /** One request, signed anew. Reads the answer as far as is needed to tell an error; a page is left to be read by whom it is for. */
  const attempt = Effect.fnUntraced(function* <A>(
    target: string,
    call: Call,
    readBody: ReadBody<A>,
  ): Effect.fn.Return<Received<A>, GatewayError> {
    const keys = yield* credentials.current
    call.took = undefined
    // Nothing may wait between this and the sending: who has waited for a permit, a turn or keys learns of it here.
    if (ended !== undefined) return yield* ended
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
    countRequest(call.attempts)
    const answer = yield* transport.get(target, {
      accept: "application/json",
      ...signatureHeaders({ method: "GET", target, timestamp, ...keys }),
    })
    call.took = { wait: answer.wait, bytes: answer.bytes }
    const read = isPage(answer) ? undefined : readAnswer(answer, sent, readBody)
    const failure = read === undefined || Result.isSuccess(read) ? undefined : read.failure
    if (failure?._tag === "QuotaSpent") ended = failure
    if (failure?._tag !== "CredentialsRefused") credentials.accepted(keys)
    const date = headerOf(answer, "date")
    clock.observe(date, sentAt, answer.receivedAt, failure?._tag === "ClockOff")
    if (failure !== undefined) return yield* failure
    const at = clock.timeOf(sentAt, date, answer.wait.elapsedMs)
    const traceId = headerOf(answer, "x-ncp-trace-id")
    const answered = (read: A): Answered<A> => ({
      answer: read,
      at,
      attempts: call.attempts,
      release: answer.release,
      ...(traceId === undefined ? {} : { traceId }),
    })
    return read === undefined
      ? { _tag: "Unread", read: () => Result.map(readContent(answer, sent, readBody), answered) }
      : { _tag: "Read", answer: Result.map(read, answered) }
  })

  /** An attempt that, the first time in a call, is made once more with a clock put right, and once more with keys loaded anew. */
  const authenticated = <A>(
    target: string,
    call: Call,
    readBody: ReadBody<A>,
  ): Effect.Effect<Answered<A>, GatewayError> => {
    const limited: Effect.Effect<Received<A>, GatewayError> = Effect.suspend(() =>
      limit.run(call.time, attempt(target, call, readBody), (exit) => attemptOutcome(exit, call.took)),
    )
    const sent = limited.pipe(
      Effect.catchTag("ClockOff", (error) => {
        if (call.clockCorrected) return Effect.fail(error)
        call.clockCorrected = true
        return Effect.andThen(correctClock, limited)
      }),
      Effect.catchTag("CredentialsRefused", (error) => {
        if (error.kind === "forbidden" || call.keys === undefined) return Effect.fail(error)
        if (call.keysRenewed || credentials.isUntried(call.keys)) {
          ended ??= error
          return Effect.fail(error)
        }
        call.keysRenewed = true
        const renewed = Effect.catch(credentials.renew(call.keys), (problem) =>
          Effect.andThen(Effect.logWarning(`After a refusal: ${problem.message}`), Effect.fail(error)),
        )
        return renewed.pipe(
          Effect.andThen(Effect.logDebug(`${error.message} Trying once more with keys loaded anew.`)),
          Effect.andThen(limited),
        )
      }),
    )
    return Effect.flatMap(sent, (received) =>
      received._tag === "Read"
        ? Effect.fromResult(received.answer)
        : oneAtATime.withPermit(Effect.andThen(giveWay, () => Effect.fromResult(received.read()))),
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

  const ask = <A>(
    { from, to }: WindowRequest,
    target: string,
    readBody: ReadBody<A>,
  ): Effect.Effect<Answered<A>, GatewayError> =>
    Effect.suspend(() => {
      const call: Call = {
        time: Math.min(from, to),
        attempts: 0,
        took: undefined,
        spentMs: 0,
        clockCorrected: false,
        keysRenewed: false,
      }
      return Effect.retry(authenticated(target, call, readBody), retrySchedule(call, retryLimits))
    })

  const statusPage = Effect.fn("page")(function* (request: StatusPageRequest) {
    yield* annotateWindow(request)
    yield* Effect.annotateCurrentSpan({ page: request.pageNo, "page.size": request.pageSizeNo })
    const page = yield* ask(request, statusTarget(baseUrl.pathPrefix, request), parseAnswer)
    const { answer, attempts, traceId } = page
    yield* Effect.annotateCurrentSpan({
      rows: answer.rowCount,
      total: answer.total,
      attempts,
      ...(traceId === undefined ? {} : { "ncp.trace.id": traceId }),
    })
    return page
  })

  const statistic = Effect.fn("statistic")(function* (request: WindowRequest) {
    yield* annotateWindow(request)
    return yield* ask(request, statisticTarget(baseUrl.pathPrefix, request), (body) =>
      parseStatistic(body.toString()),
    )
  })

  return Gateway.of({ statusPage, statistic, now, stats: Effect.sync(() => ({ requests, retries })) })
})

/** To the span of the call. */
const annotateWindow = ({ from, to }: WindowRequest) =>
  Effect.annotateCurrentSpan({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })

/** Bytes up to which a body is read twice rather than searched. */
const smallBody = 16_384

/** Whether an answer is certain to be no error of the gateway's; parsing, most of what a page costs, can then wait. */
const isPage = (answer: HttpAnswer): boolean =>
  isSuccessStatus(answer.status) && answer.body.length > smallBody && !mayHoldError(answer.body)

/** An answer that came: a page is yet to be read. */
type Received<A> =
  | { readonly _tag: "Read"; readonly answer: Result.Result<Answered<A>, GatewayError> }
  | { readonly _tag: "Unread"; readonly read: () => Result.Result<Answered<A>, GatewayError> }

/** Reads the body of an answer that is no error. */
type ReadBody<A> = (body: Buffer) => Result.Result<A, AnswerUnreadable>

const readAnswer = <A>(
  answer: HttpAnswer,
  sent: SentRequest,
  readBody: ReadBody<A>,
): Result.Result<A, GatewayError> => {
  const failure = readFailure(answer, sent)
  return failure === undefined ? readContent(answer, sent, readBody) : Result.fail(failure)
}

const readContent = <A>(
  answer: HttpAnswer,
  sent: SentRequest,
  readBody: ReadBody<A>,
): Result.Result<A, GatewayError> =>
  Result.mapError(
    readBody(answer.body),
    (problem) => readFailure(answer, sent) ?? unreadable(problem, answer, sent),
  )
