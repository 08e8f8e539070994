/**
 * Collects byte texts (see byteText) in a buffer. Writing each row at once is several times as fast as joining rows
 * that were put together from many small strings.
 */

export class ByteWriter {
  #buffer: Buffer
  #length = 0

  constructor(expectedBytes: number) {
    this.#buffer = Buffer.allocUnsafe(Math.max(expectedBytes, 64))
  }

  /** `text` has one character for each byte. */
  write(text: string): void {
    const end = this.#length + text.length
    if (end > this.#buffer.length) {
      const larger = Buffer.allocUnsafe(Math.max(end, this.#buffer.length * 2))
      this.#buffer.copy(larger, 0, 0, this.#length)
      this.#buffer = larger
    }
    this.#buffer.write(text, this.#length, "latin1")
    this.#length = end
  }

  bytes(): Buffer {
    return this.#buffer.subarray(0, this.#length)
  }
}
