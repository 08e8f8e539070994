/**
 * Who may ask: key pairs, some of them temporary, the signature, the timestamp's window, and replays (API facts 3.3,
 * 4.1, 5).
 */
import { timingSafeEqual } from "node:crypto"
import type { IncomingHttpHeaders } from "node:http"
import type { KeyPair } from "./KeyPair.ts"
import type { BehaviourOptions } from "./SimulatorOptions.ts"
import { signatureOf } from "./signatureOf.ts"

/** Why a request is refused; the text is the `details` of the answer. */
export interface Refusal {
  readonly errorCode: "200" | "210"
  readonly message: "Authentication Failed" | "Permission Denied"
  readonly details: string
}

const MISSING: Refusal = {
  errorCode: "200",
  message: "Authentication Failed",
  details: "Authentication information are missing.",
}
const INVALID: Refusal = { ...MISSING, details: "Invalid authentication information." }
const UNSUBSCRIBED: Refusal = {
  errorCode: "210",
  message: "Permission Denied",
  details: "A subscription to the API is required.",
}

const REMEMBERED = 50_000

export class CredentialCheck {
  readonly #keys: Map<string, KeyPair>
  readonly #accepted = new Map<string, number>()
  #seen = new Set<string>()
  #seenBefore = new Set<string>()

  constructor(keys: ReadonlyArray<KeyPair>) {
    this.#keys = new Map(keys.map((key) => [key.accessKey, key]))
  }

  /** Accepts another key pair from now on, or changes one. */
  add(key: KeyPair): void {
    this.#keys.set(key.accessKey, key)
    this.#accepted.delete(key.accessKey)
  }

  remove(accessKey: string): void {
    this.#keys.delete(accessKey)
  }

  /** Null where the request is let in. `nowMs` is the gateway's clock. */
  check(
    method: string,
    target: string,
    headers: IncomingHttpHeaders,
    nowMs: number,
    options: Pick<BehaviourOptions, "refuseCredentials" | "refuseReplays" | "timestampWindowMs">,
  ): Refusal | null {
    if (options.refuseCredentials === "unsubscribed") return UNSUBSCRIBED
    const timestamp = headers["x-ncp-apigw-timestamp"]
    const accessKey = headers["x-ncp-iam-access-key"]
    const signature = headers["x-ncp-apigw-signature-v2"]
    if (typeof timestamp !== "string" || typeof accessKey !== "string" || typeof signature !== "string")
      return MISSING
    if (timestamp === "" || accessKey === "" || signature === "") return MISSING
    if (options.refuseCredentials) return INVALID
    const key = this.#keys.get(accessKey)
    if (key === undefined || !/^\d{1,16}$/.test(timestamp)) return INVALID
    if (Math.abs(nowMs - Number(timestamp)) > options.timestampWindowMs) return INVALID
    const expected = Buffer.from(
      signatureOf({ method, target, timestamp, accessKey, secretKey: key.secretKey }),
    )
    const given = Buffer.from(signature)
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return INVALID
    if (key.expiresAtMs !== undefined && nowMs >= key.expiresAtMs) return INVALID
    const accepted = this.#accepted.get(accessKey) ?? 0
    if (key.expiresAfterRequests !== undefined && accepted >= key.expiresAfterRequests) return INVALID
    if (options.refuseReplays && this.#isReplay(signature)) return INVALID
    this.#accepted.set(accessKey, accepted + 1)
    return null
  }

  #isReplay(signature: string): boolean {
    if (this.#seen.has(signature) || this.#seenBefore.has(signature)) return true
    if (this.#seen.size >= REMEMBERED) {
      this.#seenBefore = this.#seen
      this.#seen = new Set()
    }
    this.#seen.add(signature)
    return false
  }
}
