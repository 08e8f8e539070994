/**
 * Which stored row is which incoming row, where several rows of a day share one identity ("twins": the API gives no row
 * id, and one file can be encoded twice in a day). A twin that the API forgets must neither renumber nor overwrite its
 * brother, and the same reading merged twice must change nothing the second time.
 *
 * One stored and one incoming row are the same row. Otherwise (design, "Merging a snapshot"): equal rows are paired, then
 * those of the same `status` and `lastWorkTime`, then stored rows that are not terminal with what is left. Rows whose
 * requested ranges are disjoint were requested at different times and are never paired.
 */
import type { Encoding, StoredEncoding } from "./Encoding.ts"
import { isTerminal } from "./Encoding.ts"
import { compareTwins, stateOf } from "./compareEncodings.ts"

export interface PairedTwins {
  readonly pairs: ReadonlyArray<readonly [stored: StoredEncoding, incoming: Encoding]>
  /** Stored rows that no incoming row continues. */
  readonly gone: ReadonlyArray<StoredEncoding>
  /** Incoming rows that continue no stored row, in a fixed order. */
  readonly added: ReadonlyArray<Encoding>
}

export const pairTwins = (
  stored: ReadonlyArray<StoredEncoding>,
  incoming: ReadonlyArray<Encoding>,
): PairedTwins => {
  if (stored.length === 1 && incoming.length === 1 && rangesOverlap(stored[0]!, incoming[0]!)) {
    return { pairs: [[stored[0]!, incoming[0]!]], gone: [], added: [] }
  }
  const pairs: Array<readonly [StoredEncoding, Encoding]> = []
  let olds = stored.toSorted(compareStored)
  let news = incoming.toSorted(compareTwins)
  const pair = (
    mayBe: (row: StoredEncoding) => boolean,
    keyOf: (row: Encoding) => string,
    choose: (queue: ReadonlyArray<StoredEncoding>, now: Encoding) => number = firstOverlapping,
  ) => {
    const byKey = Map.groupBy(olds.filter(mayBe), keyOf)
    const taken = new Set<StoredEncoding>()
    news = news.filter((now) => {
      const queue = byKey.get(keyOf(now))
      const at = queue === undefined ? -1 : choose(queue, now)
      if (at < 0) return true
      const [old] = queue!.splice(at, 1)
      taken.add(old!)
      pairs.push([old!, now])
      return false
    })
    olds = olds.filter((old) => !taken.has(old))
  }
  pair(anyRow, stateOf, leastTouched)
  pair(anyRow, (row) => `${row.status}\0${row.lastWorkTime}`)
  pair(
    (row) => !isTerminal(row),
    () => "",
  )
  return { pairs, gone: olds, added: news }
}

const anyRow = () => true

/** Rows that the API still shows come before those that it has forgotten, else a re-reading would swap the two. */
const compareStored = (a: StoredEncoding, b: StoredEncoding): number =>
  Number(a.missingSince !== null) - Number(b.missingSince !== null) ||
  compareTwins(a, b) ||
  a.occurrence - b.occurrence

const firstOverlapping = (queue: ReadonlyArray<StoredEncoding>, now: Encoding): number =>
  queue.findIndex((old) => rangesOverlap(old, now))

/**
 * Of several equal rows the one that pairing leaves as it is: its range lies within that of the incoming row already. Else
 * a reading that is no proof of what has gone, merged twice, would narrow one of them and then another.
 */
const leastTouched = (queue: ReadonlyArray<StoredEncoding>, now: Encoding): number => {
  const first = firstOverlapping(queue, now)
  if (first < 0 || isWithin(queue[first]!, now)) return first
  const within = queue.findIndex((old) => isWithin(old, now))
  // One that the API still shows is not passed over for one that it has forgotten.
  return within < 0 || (queue[within]!.missingSince !== null && queue[first]!.missingSince === null)
    ? first
    : within
}

const isWithin = (old: Encoding, now: Encoding): boolean =>
  old.requestedFrom >= now.requestedFrom && old.requestedBefore <= now.requestedBefore

const rangesOverlap = (a: Encoding, b: Encoding): boolean =>
  a.requestedFrom < b.requestedBefore && b.requestedFrom < a.requestedBefore
