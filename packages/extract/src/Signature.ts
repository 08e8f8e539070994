/**
 * The signature that the API gateway asks of every request, version 2 (API facts, section 4). Pure: what is signed is told
 * whole, so that a test can hold it against known vectors.
 */
import { createHmac } from "node:crypto"
import * as Redacted from "effect/Redacted"

export interface SignedRequest {
  /** Upper case. */
  readonly method: "GET" | "POST" | "PUT" | "DELETE"
  /**
   * Path and query exactly as they go over the wire: the gateway signs the bytes that it received, so that this string must
   * be built once, signed and sent, and never encoded again (4.2).
   */
  readonly target: string
  /** Epoch ms; the header `x-ncp-apigw-timestamp` must say the same. */
  readonly timestamp: number
  readonly accessKey: Redacted.Redacted
  /** Used as text: it is not base64 to be decoded. */
  readonly secretKey: Redacted.Redacted
}

/** The value of `x-ncp-apigw-signature-v2`: Base64 of an HMAC-SHA256. The body is not part of it. */
export const signRequest = (request: SignedRequest): string =>
  createHmac("sha256", Redacted.value(request.secretKey))
    .update(
      `${request.method} ${request.target}\n${request.timestamp}\n${Redacted.value(request.accessKey)}`,
      "utf8",
    )
    .digest("base64")

/** The three headers that carry a signature. */
export const signatureHeaders = (
  request: SignedRequest,
): {
  readonly "x-ncp-apigw-timestamp": string
  readonly "x-ncp-iam-access-key": string
  readonly "x-ncp-apigw-signature-v2": string
} => ({
  "x-ncp-apigw-timestamp": String(request.timestamp),
  "x-ncp-iam-access-key": Redacted.value(request.accessKey),
  "x-ncp-apigw-signature-v2": signRequest(request),
})
