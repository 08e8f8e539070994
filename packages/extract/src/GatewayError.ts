/**
 * Everything that asking the gateway can end in. Each message says what happened, where, and what to do now. None holds a
 * secret, a signature or a whole access key: what the gateway said comes in cleaned and cut (`quoteAnswer.ts`).
 */
import * as Schema from "effect/Schema"
import type { AnswerUnreadable } from "@vodstation-etl/core/AnswerUnreadable"
import type { CredentialsMissing, CredentialsUnusable } from "./CredentialsError.ts"

/** What an answer that is an error tells. */
const answered = {
  /** The HTTP status. */
  status: Schema.Finite,
  /** The error code in the body: three digits from the gateway, six from the service (API facts, 3.1 and 3.2). */
  code: Schema.NullOr(Schema.String),
  /** Message and details, or the beginning of a body that is none of the known shapes. */
  said: Schema.String,
  /** `x-ncp-trace-id`: what NAVER Cloud's support asks for. */
  traceId: Schema.NullOr(Schema.String),
}

/** Ms that `Retry-After` asked for. */
const retryAfterMs = Schema.NullOr(Schema.Finite)

interface Answered {
  readonly status: number
  readonly code: string | null
  readonly said: string
  readonly traceId: string | null
}

const tell = ({ status, code, said, traceId }: Answered): string =>
  `HTTP ${status}${code === null ? "" : `, error ${code}`}${said === "" ? "" : `: ${said}`}${traceId === null ? "" : ` (trace id ${traceId})`}`

/** 429 with 410 or 420: too fast. Retried. */
export class Throttled extends Schema.TaggedError<Throttled>()("Throttled", { ...answered, retryAfterMs }) {
  override get message() {
    return `The gateway asks to go slower: ${tell(this)}. Set a pace with --rate (such as --rate 2), or run again later.`
  }
}

/**
 * 429 with 400: the quota of the day or month is spent, so that waiting for seconds does not help. The API tells neither which
 * of the two nor when it is renewed (API facts, 3.2 and 3.4).
 */
export class QuotaSpent extends Schema.TaggedError<QuotaSpent>()("QuotaSpent", {
  ...answered,
  /** When that was answered, epoch ms by the gateway's clock. */
  at: Schema.Finite,
}) {
  override get message() {
    return `The account's quota of API calls is spent: ${tell(this)}. Nothing is lost: running the same command again goes on where it was. Quotas are daily or monthly; the gateway does not tell which. Daily quotas are usually renewed at midnight KST, that is in ${describeDuration(untilMidnightKst(this.at))}.`
  }
}

/** Ms to the end of the Korean day; Korea has no summer time. */
const untilMidnightKst = (at: number): number => day - ((at + 9 * hour) % day)

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

const refusals = {
  unauthenticated:
    "Check that the two keys belong together, are active, and belong to this site (--site), and that a temporary key has not expired.",
  unsubscribed:
    "The key is known, but its account has no subscription to VOD Station at this host. Check the subscription in the console, and the host (--site, VODSTATION_BASE_URL).",
  forbidden:
    "The key is known, but may not read this: give its sub account the policy NCP_VOD_STATION_VIEWER.",
} as const

/** The gateway does not accept the credentials, or they do not suffice. */
export class CredentialsRefused extends Schema.TaggedError<CredentialsRefused>()("CredentialsRefused", {
  ...answered,
  kind: Schema.Literals(["unauthenticated", "unsubscribed", "forbidden"]),
  /** The access key, masked, and where it is from. */
  key: Schema.String,
}) {
  override get message() {
    return `The gateway refuses access key ${this.key}: ${tell(this)}. ${refusals[this.kind]}`
  }
}

/** A request was refused whose timestamp was further from the gateway's clock than the 5 minutes it allows (API facts, 4.1). */
export class ClockOff extends Schema.TaggedError<ClockOff>()("ClockOff", {
  ...answered,
  /** Timestamp of the request - the gateway's `Date`, ms. */
  aheadMs: Schema.Finite,
}) {
  override get message() {
    return `Requests are signed with a time ${describeSkew(this.aheadMs)} the gateway's clock, and it refuses what is more than 5 minutes off: ${tell(this)}. Set this machine's clock, by NTP for example.`
  }
}

/** The gateway does not accept the request itself; asking again would not help. */
export class BadRequest extends Schema.TaggedError<BadRequest>()("BadRequest", {
  ...answered,
  /** Path and query that were asked for. */
  target: Schema.String,
}) {
  override get message() {
    const hint =
      this.status === 404 || this.status < 400
        ? " Check the host (--site, VODSTATION_BASE_URL)."
        : " If the host is right, please report this."
    return `The gateway does not accept GET ${this.target}: ${tell(this)}.${hint}`
  }
}

/** 5xx, the service's own unexpected errors, and errors that nothing is known of. Retried. */
export class GatewayBroken extends Schema.TaggedError<GatewayBroken>()("GatewayBroken", {
  ...answered,
  retryAfterMs,
}) {
  override get message() {
    return `The gateway has a fault of its own: ${tell(this)}. Run the same command again later; it goes on where it was.`
  }
}

/**
 * No complete answer came: the connection failed, broke or was too slow. Retried, but for certificates that are not accepted
 * and proxies that do not let us through.
 */
export class NetworkFailed extends Schema.TaggedError<NetworkFailed>()("NetworkFailed", {
  /** Host and port. */
  host: Schema.String,
  /** Host and port of the proxy on the way; null without one. */
  proxy: Schema.NullOr(Schema.String),
  /** Such as `ECONNRESET`; `TIMEOUT` where we gave up, `HTTP 407` where a proxy refused. */
  code: Schema.String,
  reason: Schema.String,
  transient: Schema.Boolean,
}) {
  override get message() {
    const { host, proxy, reason, code } = this
    if (proxy === null) {
      return `No answer from ${host}: ${reason} (${code}). Check the network, a proxy or VPN on the way (HTTPS_PROXY), and the host (--site, VODSTATION_BASE_URL).`
    }
    const cure =
      code === "HTTP 407"
        ? "Put the right ones into HTTPS_PROXY, as in http://NAME:PASSWORD@HOST:PORT, special characters percent-encoded."
        : `Check HTTPS_PROXY; a host that is to be reached without a proxy is named in NO_PROXY.`
    return `No answer from ${host} through the proxy ${proxy}: ${reason} (${code}). ${cure}`
  }
}

export type GatewayError =
  | Throttled
  | QuotaSpent
  | CredentialsRefused
  | ClockOff
  | BadRequest
  | GatewayBroken
  | NetworkFailed
  | AnswerUnreadable
  | CredentialsMissing
  | CredentialsUnusable

/** Whether the same request may succeed if it is sent again after a while. */
export const isTransient = (error: GatewayError): boolean => {
  switch (error._tag) {
    case "Throttled":
    case "GatewayBroken":
    case "AnswerUnreadable":
      return true
    case "NetworkFailed":
      return error.transient
    default:
      return false
  }
}

/** `10 min ahead of`, `7 s behind`. */
export const describeSkew = (aheadMs: number): string =>
  `${describeDuration(Math.abs(aheadMs))} ${aheadMs < 0 ? "behind" : "ahead of"}`

/** `90 s`, `10 min`, `7 h`. */
const describeDuration = (ms: number): string => {
  const rounded = (unit: number) => Math.round(ms / unit)
  if (rounded(1_000) < 120) return `${rounded(1_000)} s`
  return rounded(minute) < 120 ? `${rounded(minute)} min` : `${rounded(hour)} h`
}
