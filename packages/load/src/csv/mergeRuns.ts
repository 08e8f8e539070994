/** Merges sorted runs of rows into one sorted stream, holding one batch of each. */
import { RowCursor } from "./RowCursor.ts"

const rowsPerBatch = 512

/** The rows of all `runs`, each of which is sorted by `compare`. */
export async function* mergeRuns<A>(
  runs: ReadonlyArray<AsyncIterable<ReadonlyArray<A>>>,
  compare: (a: A, b: A) => number,
): AsyncGenerator<Array<A>> {
  const cursors: Array<RowCursor<A>> = []
  for (const run of runs) cursors.push(await RowCursor.open(run))
  const heap = cursors.filter((cursor) => cursor.row !== undefined)
  for (let at = (heap.length >> 1) - 1; at >= 0; at--) siftDown(heap, at, compare)
  let batch: Array<A> = []
  while (heap.length > 0) {
    const first = heap[0]!
    batch.push(first.row!)
    if (!first.step()) await first.refill()
    if (first.row === undefined) {
      const last = heap.pop()!
      if (heap.length > 0) heap[0] = last
    }
    siftDown(heap, 0, compare)
    if (batch.length === rowsPerBatch) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

const siftDown = <A>(heap: Array<RowCursor<A>>, from: number, compare: (a: A, b: A) => number): void => {
  let at = from
  while (true) {
    let child = 2 * at + 1
    if (child >= heap.length) return
    if (child + 1 < heap.length && compare(heap[child + 1]!.row!, heap[child]!.row!) < 0) child++
    const moved = heap[at]!
    if (compare(moved.row!, heap[child]!.row!) <= 0) return
    heap[at] = heap[child]!
    heap[child] = moved
    at = child
  }
}
