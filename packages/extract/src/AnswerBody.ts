/**
 * The body of an answer while it comes, in one piece of memory of its own, which can be given back as soon as it is of no more
 * use. The pieces that the network hands on, and bodies that wait for the collector of garbage, would add up to 60 MB before it
 * looks at them, since to it they are as small as what refers to them.
 */
export class AnswerBody {
  private memory: Buffer<ArrayBuffer>
  private length = 0

  /** @param told how many bytes are said to come, a `content-length`; it need not be true */
  constructor(told?: unknown) {
    const expected = Number(told)
    this.memory = Buffer.allocUnsafeSlow(expected > 0 ? Math.min(expected, mostExpected) : usualRoom)
  }

  push(piece: Uint8Array): void {
    const length = this.length + piece.length
    if (length > this.memory.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(length, 2 * this.memory.length))
      this.memory.copy(larger, 0, 0, this.length)
      free(this.memory)
      this.memory = larger
    }
    this.memory.set(piece, this.length)
    this.length = length
  }

  /** What came so far; empty once it is released. */
  get bytes(): Buffer {
    return this.memory.subarray(0, this.length)
  }

  release(): void {
    free(this.memory)
    this.memory = Buffer.allocUnsafeSlow(0)
    this.length = 0
  }
}

/** JavaScript has no word for it: memory that is moved to a buffer of no length is let go. */
const free = (memory: Buffer<ArrayBuffer>): void => {
  memory.buffer.transfer(0)
}

const usualRoom = 16 * 1024

/** More is not taken at anyone's word, bytes. */
const mostExpected = 1024 * 1024
