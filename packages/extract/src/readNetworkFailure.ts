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
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "the answer is larger than any page can be",
}

/** @param host host and port, for the message */
export const readNetworkFailure = (cause: unknown, host: string): NetworkFailed => {
  const code = codeOf(cause)
  const isCertificate = /CERT|LEAF_SIGNATURE/.test(code)
  return new NetworkFailed({
    host,
    code,
    reason: isCertificate
      ? `its certificate is not accepted; does something on the way open TLS (NODE_EXTRA_CA_CERTS)? ${messageOf(cause)}`
      : (reasons[code] ?? reasonByFamily(code) ?? messageOf(cause)),
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
