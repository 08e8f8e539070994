/**
 * The order of a list that changes while it is read. Nothing is sorted: of each request's own permutation only the
 * positions of one page are computed.
 */
import { seededRandom } from "./seededHash.ts"

const byValue = (a: number, b: number): number => a - b

/** `count` different integers of [0, total), in random order. */
const distinct = (total: number, count: number, random: () => number): Array<number> => {
  if (count * 3 < total) {
    const chosen = new Set<number>()
    while (chosen.size < count) chosen.add(Math.floor(random() * total))
    return [...chosen]
  }
  const all = Int32Array.from({ length: total }, (_, index) => index)
  for (let index = 0; index < count; index++) {
    const other = index + Math.floor(random() * (total - index))
    const kept = all[index]!
    all[index] = all[other]!
    all[other] = kept
  }
  return [...all.subarray(0, count)]
}

/**
 * The rows, named by their positions in the undisturbed order, at the positions [from, before) of a list of `total`
 * rows, as request `seed` finds it. The result is a part of a permutation of [0, total).
 *
 * Half of `share` of the rows are elsewhere at each request, others each time, so that between any two requests about
 * `share` of all rows move (and those between them by a place or two). A share of 1 or more is a reshuffled list.
 */
export const driftedOrder = (
  total: number,
  share: number,
  seed: number,
  from: number,
  before: number,
): ReadonlyArray<number> => {
  const length = Math.max(0, Math.min(before, total) - from)
  const random = seededRandom(seed)
  const moved =
    share >= 1 ? total : share <= 0 ? 0 : Math.min(total, Math.floor((total * share) / 2 + random()))
  if (moved === 0) return Array.from({ length }, (_, index) => from + index)
  const sources = distinct(total, moved, random)
  const targets = distinct(total, moved, random).toSorted(byValue)
  const lifted = sources.toSorted(byValue)
  const positions: Array<number> = []
  let target = targets.findIndex((position) => position >= from)
  if (target < 0) target = moved
  let skipped = 0
  for (let position = from; position < from + length; position++) {
    if (targets[target] === position) {
      positions.push(sources[target++]!)
      continue
    }
    const rank = position - target
    while (skipped < moved && lifted[skipped]! <= rank + skipped) skipped++
    positions.push(rank + skipped)
  }
  return positions
}
