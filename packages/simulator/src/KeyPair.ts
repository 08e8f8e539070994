/**
 * What a client signs with.
 */

/** A key pair that the gateway accepts; a temporary one, as STS gives it, until it expires. */
export interface KeyPair {
  readonly accessKey: string
  readonly secretKey: string
  /** Refused from this time of the gateway's clock on, ms since the epoch. */
  readonly expiresAtMs?: number
  /** Refused after it was accepted so many times. */
  readonly expiresAfterRequests?: number
}
