/**
 * A number of 53 bits for the identity of a row, for proofs that have to tell whether a row was seen before. Different rows
 * can share it, one pair of 25,000 in one of 30 million readings: such rows are taken for alike, which makes a proof doubt and
 * ask again, and never believe too much. It is made of bytes of UTF-8, so that it can be had before a row is text at all.
 *
 * Two hashes of 32 bits, turned and multiplied for every four bytes as in `RowHash.ts`, and mixed at the end.
 */
import type { Encoding } from "./Encoding.ts"
import { mixed } from "./RowHash.ts"

type Identity = Pick<Encoding, "categoryId" | "filePath" | "outputType">

export const identityHash = ({ categoryId, filePath, outputType }: Identity): number => {
  hash.begin()
  hash.text(String(categoryId))
  hash.text(filePath)
  hash.text(outputType)
  return hash.finish()
}

let ascii = new Uint8Array(1_024)

/** For who has the bytes: those of `categoryId` in decimal, of `filePath` and of `outputType`, in this order. */
export class IdentityHash {
  private a = 0
  private b = 0

  begin(): void {
    this.a = 0x243f6a88
    this.b = 0x85a308d3
  }

  bytes(bytes: Uint8Array, start: number, end: number): void {
    let a = Math.imul(((this.a << 5) | (this.a >>> 27)) ^ (end - start), 0x9e3779b1)
    let b = Math.imul(((this.b << 13) | (this.b >>> 19)) ^ (end - start), 0xc2b2ae3d)
    let at = start
    for (const whole = end - 3; at < whole; at += 4) {
      const word = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)
      a = Math.imul(((a << 5) | (a >>> 27)) ^ word, 0x9e3779b1)
      b = Math.imul(((b << 13) | (b >>> 19)) ^ word, 0xc2b2ae3d)
    }
    for (; at < end; at++) {
      a = Math.imul(((a << 5) | (a >>> 27)) ^ bytes[at]!, 0x9e3779b1)
      b = Math.imul(((b << 13) | (b >>> 19)) ^ bytes[at]!, 0xc2b2ae3d)
    }
    this.a = a
    this.b = b
  }

  text(text: string): void {
    // Most text is ASCII, of which the bytes are its characters.
    if (ascii.length < text.length) ascii = new Uint8Array(2 * text.length)
    let every = 0
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      every |= code
      ascii[at] = code
    }
    if (every < 0x80) return this.bytes(ascii, 0, text.length)
    const bytes = Buffer.from(text)
    this.bytes(bytes, 0, bytes.length)
  }

  finish(): number {
    return (mixed(this.a) >>> 0) + (mixed(this.b) >>> 11) * 0x1_0000_0000
  }
}

const hash = new IdentityHash()
