/**
 * Walks over rows that come in batches, one row at a time and without a promise for each: only the end of a batch waits.
 */
export class RowCursor<A> {
  /** The row it stands on; undefined behind the last one. */
  row: A | undefined = undefined
  private readonly batches: AsyncIterator<ReadonlyArray<A>>
  private batch: ReadonlyArray<A> = []
  private at = 0

  private constructor(batches: AsyncIterator<ReadonlyArray<A>>) {
    this.batches = batches
  }

  /** A cursor on the first row. */
  static async open<A>(batches: AsyncIterable<ReadonlyArray<A>>): Promise<RowCursor<A>> {
    const cursor = new RowCursor(batches[Symbol.asyncIterator]())
    await cursor.refill()
    return cursor
  }

  /** Goes to the next row of the batch. False when there is none: then `refill` goes on. */
  step(): boolean {
    if (++this.at >= this.batch.length) return false
    this.row = this.batch[this.at]
    return true
  }

  /** Goes to the first row of the next batch. */
  async refill(): Promise<void> {
    do {
      const next = await this.batches.next()
      if (next.done === true) {
        this.row = undefined
        return
      }
      this.batch = next.value
    } while (this.batch.length === 0)
    this.at = 0
    this.row = this.batch[0]
  }

  /** Lets go of what the rows come from. */
  async close(): Promise<void> {
    await this.batches.return?.()
  }
}
