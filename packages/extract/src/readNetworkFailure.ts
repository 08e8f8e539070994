/** Says in words what went wrong with a connection, from what Node and undici throw. */
import * as Predicate from "effect/Predicate"
import { NetworkFailed } from "./GatewayError.ts"

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there",
  ECONNRESET: "the connection was reset",
  EPIPE: "the connection was closed while we sent",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the host's name could not be looked up just now",
  EHOSTUNREACH: "there is no way to the host",
  ENETUNREACH: "there is no way to the network",
  ETIMEDOUT: "the connection timed out",
  UND_ERR_CONNECT_TIMEOUT: "no connection within the time allowed",
  UND_ERR_HEADERS_TIMEOUT: "no answer within the time allowed",
  UND_ERR_BODY_TIMEOUT: "the answer stopped in the middle",
  UND_ERR_SOCKET: "the connection was closed before the answer was complete",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the answer was shorter or longer than it said",
  UND_ERR_PRX_CONN: "the connection was closed before it was through",
  UND_ERR_PRX_TLS: "its certificate is not for its name",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "the answer is larger than any page can be",
}

/** What a proxy's answer to `CONNECT` means. The others of 400 to 499 are its rules, and the rest its own troubles. */
const proxyReasons: Readonly<Record<number, string>> = {
  403: "the proxy does not let us through to this host",
  407: "the proxy wants a name and password, or does not accept those that it got",
  502: "the proxy could not reach it",
  503: "the proxy could not reach it",
  504: "the proxy got no connection to it in time",
}

/** Codes of a connection that was not made: through a proxy it was the one to the proxy, which is the only one that we make. */
const unconnected =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_PRX_\w+)$/

/** @param host host and port, for the message; likewise `proxy` */
export const readNetworkFailure = (cause: unknown, host: string, proxy: string | null): NetworkFailed => {
  const code = codeOf(cause)
  const refusal = proxy === null ? null : /Proxy response \((\d{3})\)/.exec(messageOf(cause))
  if (refusal !== null) {
    const status = Number(refusal[1])
    const isRule = status >= 400 && status < 500 && status !== 408 && status !== 429
    return new NetworkFailed({
      host,
      proxy,
      code: `HTTP ${status}`,
      reason: proxyReasons[status] ?? "the proxy does not make the connection",
      transient: !isRule,
    })
  }
  const isCertificate = /CERT|LEAF_SIGNATURE/.test(code)
  const reason = isCertificate
    ? `its certificate is not accepted; does something on the way open TLS (NODE_EXTRA_CA_CERTS)? ${messageOf(cause)}`
    : (reasons[code] ?? reasonByFamily(code) ?? messageOf(cause))
  return new NetworkFailed({
    host,
    proxy,
    code,
    reason: proxy !== null && unconnected.test(code) ? `the proxy cannot be reached: ${reason}` : reason,
    transient: !isCertificate && code !== "UND_ERR_INVALID_ARG",
  })
}

const reasonByFamily = (code: string): string | undefined => {
  if (code.startsWith("HPE_")) return "what came is not HTTP"
  if (/^(ERR_SSL|ERR_TLS|EPROTO)/.test(code)) return "no TLS could be agreed on; is it https at all?"
  return undefined
}

/** The first code in an error, its causes and, where several addresses were tried, its parts. */
const codeOf = (cause: unknown, depth = 0): string => {
  if (!Predicate.isReadonlyObject(cause) || depth > 4) return "UNKNOWN"
  const { code } = cause
  const inner = cause["cause"] ?? (Array.isArray(cause["errors"]) ? cause["errors"][0] : undefined)
  // "Other side closed" is undici's name for what Node calls ECONNRESET or less: the inner code says more.
  if (inner !== undefined && (typeof code !== "string" || code === "UND_ERR_SOCKET")) {
    const innerCode = codeOf(inner, depth + 1)
    if (innerCode !== "UNKNOWN") return innerCode
  }
  return typeof code === "string" ? code : "UNKNOWN"
}

const messageOf = (cause: unknown): string =>
  (cause instanceof Error ? cause.message : String(cause)).replace(/\s+/g, " ").slice(0, 200)
