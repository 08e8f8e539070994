/**
 * A digest of a snapshot that grows row by row and does not depend on their order, since pages arrive in any order and
 * memory must not grow with the day: the sum, modulo 2^128, of the hashes of the rows. A sum and not XOR, which two equal
 * rows would cancel.
 */
import { hash } from "node:crypto"
import type { Encoding, Reject } from "./Encoding.ts"
import { identityOf } from "./Encoding.ts"
import { stateOf } from "./compareEncodings.ts"

const modulus = 1n << 128n

export class SnapshotDigest {
  private sum = 0n

  addRow(row: Encoding): void {
    this.addText(`${identityOf(row)}\0${stateOf(row)}\0${row.requestedFrom}\0${row.requestedBefore}`)
  }

  addReject(reject: Reject): void {
    this.addText(`reject\0${reject.fingerprint}\0${reject.reason}`)
  }

  /** 32 hexadecimal digits. */
  toString(): string {
    return this.sum.toString(16).padStart(32, "0")
  }

  private addText(text: string): void {
    this.sum = (this.sum + BigInt(`0x${hash("sha256", text, "hex").slice(0, 32)}`)) % modulus
  }
}
