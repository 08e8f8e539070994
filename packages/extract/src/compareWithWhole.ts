/** Whether the parts that a range was read in are the whole of it: nothing else shows that a row at a border is in none of them, or in two. */
import * as Effect from "effect/Effect"
import { PartsDisagree } from "./PartsDisagree.ts"
import type { Slice } from "./Slice.ts"

/**
 * The sum of the parts. A list that moved may well add up to another number than `total`, which the whole was said to hold;
 * one that stands still must not, and fails with `PartsDisagree`.
 */
export const compareWithWhole = Effect.fnUntraced(function* <E, R>(
  source: {
    readonly workDate: string
    readonly askTotal: (slice: Slice) => Effect.Effect<number, E, R>
  },
  slice: Slice,
  total: number,
  parts: ReadonlyArray<Slice>,
  totals: ReadonlyArray<number>,
): Effect.fn.Return<number, E | PartsDisagree, R> {
  const sum = totals.reduce((a, b) => a + b, 0)
  if (sum !== total && (yield* source.askTotal(slice)) === total) {
    return yield* new PartsDisagree({
      workDate: source.workDate,
      slice,
      total,
      parts: parts.map((part, index) => ({ ...part, total: totals[index]! })),
    })
  }
  return sum
})
