/**
 * A digest of a snapshot that grows row by row and does not depend on their order, since pages arrive in any order and
 * memory must not grow with the day: the sum of the hashes of the rows, part by part modulo 2^32. A sum and not XOR, which
 * two equal rows would cancel.
 */
import type { Encoding, Reject } from "./Encoding.ts"
import { RowHash } from "./RowHash.ts"

export class SnapshotDigest {
  private readonly hash = new RowHash()
  private readonly sum = new Uint32Array(4)

  addRow(row: Encoding): void {
    const { hash } = this
    hash.begin()
    hash.integer(row.categoryId)
    hash.text(row.filePath)
    hash.text(row.outputType)
    hash.text(row.categoryName)
    hash.text(row.status)
    hash.text(row.link)
    hash.number(row.percent)
    hash.integer(row.outputTotalSize)
    hash.number(row.lastWorkTime)
    hash.number(row.requestedFrom)
    hash.number(row.requestedBefore)
    hash.word(row.anomalies.length)
    for (const anomaly of row.anomalies) hash.text(anomaly)
    hash.text(row.raw)
    this.add()
  }

  addReject(reject: Reject): void {
    this.hash.begin()
    this.hash.text(reject.fingerprint)
    this.hash.text(reject.reason)
    this.add()
  }

  /** 32 hexadecimal digits. */
  toString(): string {
    return Array.from(this.sum, (part) => part.toString(16).padStart(8, "0")).join("")
  }

  private add(): void {
    this.hash.finish()
    // Typed arrays of 32 bits take the sum modulo 2^32 by themselves.
    for (let part = 0; part < 4; part++) this.sum[part]! += this.hash.parts[part]!
  }
}
