/**
 * Tells apart the ways in which an answer is an error: by HTTP status and error code together, never by one alone. The
 * gateway's own codes look like HTTP statuses and are none (code 200 is a failed authentication, 400 a spent quota), the
 * service's codes come under HTTP statuses that are not documented, and an error can come with HTTP 200
 * (API facts, 3.1 to 3.3).
 */
import { AnswerUnreadable } from "@vodstation-etl/core/AnswerUnreadable"
import type { GatewayError } from "./GatewayError.ts"
import {
  BadRequest,
  ClockOff,
  CredentialsRefused,
  GatewayBroken,
  QuotaSpent,
  Throttled,
} from "./GatewayError.ts"
import { parseHttpDate } from "./GatewayClock.ts"
import type { HttpAnswer } from "./Transport.ts"
import { headerOf } from "./Transport.ts"
import { maskAccessKey, quoteAnswer } from "./quoteAnswer.ts"
import type { ErrorBody } from "./readErrorBody.ts"
import { readErrorBody } from "./readErrorBody.ts"
import { parseRetryAfter } from "./retryTiming.ts"

/** What was sent, as far as a failure is told by it. */
export interface SentRequest {
  readonly target: string
  /** The timestamp that was signed, epoch ms. */
  readonly timestamp: number
  /** Whole; it is masked here. */
  readonly accessKey: string
  /** Where the key is from. */
  readonly keySource: string
}

/** The error that an answer amounts to; undefined for one that may hold what was asked for. */
export const readFailure = (answer: HttpAnswer, sent: SentRequest): GatewayError | undefined => {
  const error = readErrorBody(answer.body.toString())
  if (isSuccessStatus(answer.status) && error === undefined) return undefined
  const status = isSuccessStatus(answer.status) && error !== undefined ? impliedStatus(error) : answer.status
  return failureOf(kindOf(status, error), answer, error, sent)
}

/** What a body that cannot be read amounts to, told of the answer that it came with. */
export const unreadable = (
  problem: AnswerUnreadable,
  answer: HttpAnswer,
  sent: SentRequest,
): AnswerUnreadable => {
  const traceId = headerOf(answer, "x-ncp-trace-id")
  const trace = traceId === undefined ? "" : `, trace id ${quoteAnswer(traceId, sent.accessKey)}`
  return new AnswerUnreadable({
    reason: `${problem.reason} (HTTP ${answer.status}${trace})`,
    excerpt: quoteAnswer(answer.body.toString(), sent.accessKey),
  })
}

export const isSuccessStatus = (status: number): boolean => status >= 200 && status < 300

type Kind =
  | "throttled"
  | "quota"
  | "unauthenticated"
  | "unsubscribed"
  | "forbidden"
  | "bad-request"
  | "broken"

/** The service's codes that a reader of the list can meet (3.1); the others are judged by their HTTP status. */
const serviceKinds: Readonly<Record<string, Kind>> = {
  "260000": "broken",
  "260002": "bad-request",
  "260003": "bad-request",
  "260004": "bad-request",
  "260006": "forbidden",
  "260008": "broken",
  "260009": "broken",
  "260010": "forbidden",
  "260011": "bad-request",
  "260025": "bad-request",
  "260026": "bad-request",
  "260027": "bad-request",
  "260033": "bad-request",
}

/** The HTTP statuses that the gateway's own codes belong to (3.2): for errors that come with HTTP 200. */
const statusOfGatewayCode: Readonly<Record<string, number>> = {
  "100": 400,
  "200": 401,
  "210": 401,
  "300": 404,
  "400": 429,
  "410": 429,
  "420": 429,
  "430": 413,
  "500": 503,
  "510": 504,
  "900": 500,
}

const impliedStatus = (error: ErrorBody): number =>
  error.status ?? statusOfGatewayCode[error.code ?? ""] ?? 500

const kindOf = (status: number, error: ErrorBody | undefined): Kind => {
  const code = error?.code ?? ""
  const byService = serviceKinds[code]
  if (byService !== undefined) return byService
  if (status === 429) {
    const isQuota = code === "400" || (error?.code == null && /quota/i.test(error?.message ?? ""))
    return isQuota ? "quota" : "throttled"
  }
  if (status === 401) return code === "210" ? "unsubscribed" : "unauthenticated"
  if (status === 403) return "forbidden"
  if (status === 408 || status >= 500) return "broken"
  return "bad-request"
}

/** A 401 is put down to the clock if the timestamp was this far off: a little less than the 5 minutes of 4.1, as `Date` names whole seconds. */
const clockOffMs = 295_000

const failureOf = (
  kind: Kind,
  answer: HttpAnswer,
  error: ErrorBody | undefined,
  sent: SentRequest,
): GatewayError => {
  const quote = (text: string) => quoteAnswer(text, sent.accessKey)
  const trace = headerOf(answer, "x-ncp-trace-id")
  const date = parseHttpDate(headerOf(answer, "date"))
  const told = {
    status: answer.status,
    code: error?.code == null ? null : quote(error.code),
    said: quote(error === undefined ? answer.body.toString() : sentence(error)),
    traceId: trace === undefined ? null : quote(trace),
  }
  const retryAfterMs = () => parseRetryAfter(headerOf(answer, "retry-after"), date ?? answer.receivedAt)
  switch (kind) {
    case "throttled":
      return new Throttled({ ...told, retryAfterMs: retryAfterMs() })
    case "quota":
      return new QuotaSpent({ ...told, at: date ?? answer.receivedAt })
    case "broken":
      return new GatewayBroken({ ...told, retryAfterMs: retryAfterMs() })
    case "bad-request":
      return new BadRequest({ ...told, target: sent.target })
    case "unauthenticated":
      if (date !== undefined && Math.abs(sent.timestamp - date) > clockOffMs) {
        return new ClockOff({ ...told, aheadMs: sent.timestamp - date })
      }
      break
    default:
  }
  return new CredentialsRefused({
    ...told,
    kind,
    key: `${maskAccessKey(sent.accessKey)} from ${sent.keySource}`,
  })
}

const sentence = ({ message, details }: ErrorBody): string =>
  [message, details === message ? null : details].filter((part) => part !== null).join(". ")
