/**
 * Signature v2 as the gateway computes it, over the request target exactly as it came over the wire (API facts 4.1,
 * 4.2).
 */
import { createHmac } from "node:crypto"

/** What is signed, and with what. `target` is path and query; one character is one byte received. */
export interface SignedRequest {
  readonly method: string
  readonly target: string
  /** The header's text: ms since the epoch in decimal. */
  readonly timestamp: string
  readonly accessKey: string
  /** Used as UTF-8 text: it is not base64 to be decoded. */
  readonly secretKey: string
}

/** The base64 text that `x-ncp-apigw-signature-v2` has to hold. */
export const signatureOf = ({ method, target, timestamp, accessKey, secretKey }: SignedRequest): string =>
  createHmac("sha256", Buffer.from(secretKey, "utf8"))
    .update(`${method} `, "utf8")
    .update(Buffer.from(target, "latin1"))
    .update(`\n${timestamp}\n${accessKey}`, "utf8")
    .digest("base64")
