/**
 * What can go wrong with a request.
 */
import type { GatewayError } from "./errorBody.ts"

/** Faults that are an answer with an error in it (API facts 3.1, 3.2). */
export const errorFaults = [
  /** 429/410 */
  "throttled",
  /** 429/420 */
  "rateLimited",
  /** 429/400: waiting does not help. */
  "quota",
  /** 500/900 */
  "unexpected",
  /** 503/500 */
  "endpointError",
  /** 504/510 */
  "endpointTimeout",
  /** 260000, 260008, 260009 as HTTP 200 with an error, or as a 5xx. */
  "service260000",
  "service260008",
  "service260009",
  /** 401/200 for a request that was signed well. */
  "unauthorized",
] as const

/** Faults of the way: no answer, half an answer, or another one than promised. */
export const transportFaults = [
  /** 200 with an HTML page. */
  "html200",
  /** 502 with an HTML page. */
  "badGateway",
  /** 200 with nothing. */
  "emptyAnswer",
  /** Content-Length promises more than comes; the connection is closed. */
  "cutBody",
  /** A complete HTTP answer that holds the first part of its JSON. */
  "cutJson",
  /** The old documentation's own example: a comma after the last row (API facts C10). */
  "trailingComma",
  /** The connection is reset before, or in the middle of, the answer. */
  "reset",
  "resetInBody",
  /** The answer never comes, or stops in the middle. */
  "stall",
  "stallInBody",
  /** The right answer, late. */
  "slow",
] as const

export type ErrorFault = (typeof errorFaults)[number]
export type FaultKind = ErrorFault | (typeof transportFaults)[number]

export const faultKinds: ReadonlyArray<FaultKind> = [...errorFaults, ...transportFaults]

/** The weights used unless told otherwise. Stalls cost a client's whole timeout, quota and refusals end a run: not by chance. */
export const defaultFaultWeights: Readonly<Partial<Record<FaultKind, number>>> = Object.fromEntries(
  faultKinds
    .filter((kind) => !["quota", "unauthorized", "stall", "stallInBody"].includes(kind))
    .map((kind) => [kind, 1]),
)

/** The error that each kind answers with; service errors come with an HTTP status of 200 or 5xx, chosen elsewhere. */
export const errorOfFault: Record<ErrorFault, GatewayError> = {
  throttled: { status: 429, errorCode: "410", message: "Throttle Limited" },
  rateLimited: { status: 429, errorCode: "420", message: "Rate Limited" },
  quota: { status: 429, errorCode: "400", message: "Quota Exceeded" },
  unexpected: { status: 500, errorCode: "900", message: "Unexpected Error" },
  endpointError: { status: 503, errorCode: "500", message: "Endpoint Error" },
  endpointTimeout: { status: 504, errorCode: "510", message: "Endpoint Timeout" },
  service260000: { status: 500, errorCode: "260000", message: "unexpected error" },
  service260008: { status: 500, errorCode: "260008", message: "request failed" },
  service260009: { status: 500, errorCode: "260009", message: "internal error" },
  unauthorized: {
    status: 401,
    errorCode: "200",
    message: "Authentication Failed",
    details: "Invalid authentication information.",
  },
}
