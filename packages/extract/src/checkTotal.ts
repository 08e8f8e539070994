/**
 * Whether a total is the truth. A gateway may show no more than so many rows of a window, and tell of no more either, in
 * which case no page shows that there are others: but two windows that lie within it, and hold fewer each, hold more together.
 */
import * as Effect from "effect/Effect"
import type { Slice } from "./Slice.ts"

export type TotalVerdict =
  | "whole"
  | "cut"
  /** All rows are of one moment, by which nothing can be cut. */
  | "unclear"

/** A row that is told on both sides of one border is not told so at another. */
const mostBorders = 3

/** What is to be known of the list for it. */
export interface CountedList<E, R> {
  /** Whether a total may be one that the gateway never goes beyond: no larger one was ever told. */
  readonly mayBeCut: (total: number) => boolean
  /** Tells that there are so many rows and no more where the total says so. */
  readonly learn: (total: number) => void
  readonly askTotal: (slice: Slice) => Effect.Effect<number, E, R>
  /** The same for a window that reaches beyond the slice; a refused one holds nothing. */
  readonly askAround: (slice: Slice) => Effect.Effect<number, E, R>
  readonly halve: (slice: Slice) => readonly [Slice, Slice]
  readonly isCuttable: (slice: Slice) => boolean
}

/**
 * No request where a larger total is known, and one where a wider window tells it. Else one more for each border within the slice
 * that is looked at, and another for one that has rows on either side: mostly the first, in the middle, does.
 */
export const checkTotal = Effect.fnUntraced(function* <E, R>(
  list: CountedList<E, R>,
  slice: Slice,
  total: number,
): Effect.fn.Return<TotalVerdict, E, R> {
  if (!list.mayBeCut(total) || (yield* list.askAround(slice)) > total) return "whole"
  let around = slice
  for (let tooMany = 0; list.isCuttable(around);) {
    const [before, after] = list.halve(around)
    const left = yield* list.askTotal({ from: slice.from, before: before.before })
    if (left > 0 && left < total) {
      const right = yield* list.askTotal({ from: after.from, before: slice.before })
      if (left + right <= total) {
        list.learn(total)
        return "whole"
      }
      if (++tooMany === mostBorders) return "cut"
    }
    around = left * 2 >= total ? before : after
  }
  return "unclear"
})
