/**
 * A hash of 128 bits for what every row is put through once. It tells rows apart and does not withstand an enemy, who could
 * write into the list anyway. SHA-256 from `node:crypto` took four times as long for a row, mostly for making its text and
 * for passing it on; this one takes the columns as they are.
 *
 * It is four hashes of 32 bits with constants of their own, each turned and multiplied for every two characters, and mixed at
 * the end as MurmurHash3 does. Each value goes in with its length or kind before it, so that neighbours cannot run together.
 */
export class RowHash {
  /** The four parts, unsigned integers of 32 bits, once `finish` was called. */
  readonly parts = new Uint32Array(4)
  private a = 0
  private b = 0
  private c = 0
  private d = 0

  begin(): void {
    this.a = 0x243f6a88
    this.b = 0x85a308d3
    this.c = 0x13198a2e
    this.d = 0x03707344
  }

  /** Any integer of 32 bits. */
  word(word: number): void {
    this.a = Math.imul(((this.a << 5) | (this.a >>> 27)) ^ word, 0x9e3779b1)
    this.b = Math.imul(((this.b << 9) | (this.b >>> 23)) ^ word, 0x85ebca77)
    this.c = Math.imul(((this.c << 13) | (this.c >>> 19)) ^ word, 0xc2b2ae3d)
    this.d = Math.imul(((this.d << 17) | (this.d >>> 15)) ^ word, 0x27d4eb2f)
  }

  text(text: string | null): void {
    if (text === null) return this.word(-1)
    const { length } = text
    this.word(length)
    let { a, b, c, d } = this
    for (let at = 0; at < length; at += 2) {
      const word = text.charCodeAt(at) | (at + 1 < length ? text.charCodeAt(at + 1) << 16 : 0)
      a = Math.imul(((a << 5) | (a >>> 27)) ^ word, 0x9e3779b1)
      b = Math.imul(((b << 9) | (b >>> 23)) ^ word, 0x85ebca77)
      c = Math.imul(((c << 13) | (c >>> 19)) ^ word, 0xc2b2ae3d)
      d = Math.imul(((d << 17) | (d >>> 15)) ^ word, 0x27d4eb2f)
    }
    this.a = a
    this.b = b
    this.c = c
    this.d = d
  }

  /** Not NaN; -0 is not 0. */
  number(number: number | null): void {
    if (number === null) return this.word(-1)
    asNumber[0] = number
    this.word(8)
    this.word(asWords[0]!)
    this.word(asWords[1]!)
  }

  /** Of 64 bits. */
  integer(integer: bigint | null): void {
    if (integer === null) return this.word(-1)
    asInteger[0] = integer
    this.word(8)
    this.word(asWords[0]!)
    this.word(asWords[1]!)
  }

  finish(): void {
    this.parts[0] = mixed(this.a)
    this.parts[1] = mixed(this.b)
    this.parts[2] = mixed(this.c)
    this.parts[3] = mixed(this.d)
  }
}

const asNumber = new Float64Array(1)
const asInteger = new BigInt64Array(asNumber.buffer)
const asWords = new Int32Array(asNumber.buffer)

/** Spreads every bit over the whole, since the last characters have been multiplied only once or twice. */
export const mixed = (hash: number): number => {
  const first = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35)
  return second ^ (second >>> 16)
}
