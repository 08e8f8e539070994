/**
 * Finds a border between two windows that a row lies next to. Whether the ends of a window belong to it shows there and
 * nowhere else, and rows do not tell when they were requested: so windows are halved until one is as wide as a row.
 */
import * as Effect from "effect/Effect"
import type { GatewayError } from "./GatewayError.ts"
import type { Slice } from "./Slice.ts"
import { widthOf } from "./Slice.ts"
import type { StatusList } from "./StatusList.ts"
import type { Seam } from "./checkSeam.ts"

/** Halvings: as many as lead from a quarter of an hour, which holds a few rows of most accounts, to 1 ms. */
const mostHalvings = 20

/** Right halves that are believed to hold the rows since the left one does not, before that is asked. */
const mostBelieved = 3

/**
 * The seam at such a border, or at one as near to a row as some 20 requests lead; or, where rows got lost between two halves,
 * the seam of those.
 *
 * @param rows how many the gateway says that the slice holds, more than 0
 */
export const findRowBorder = Effect.fn("findRowBorder")(function* (
  list: StatusList["Service"],
  slice: Slice,
  rows: number,
): Effect.fn.Return<Seam, GatewayError> {
  let held = yield* windowOfFewRows(list, slice, rows)
  let believed: Array<Seam> = []
  for (let halving = 0; halving < mostHalvings && widthOf(held) > 2; halving++) {
    const seam = halves(held)
    if ((yield* list.total(seam.left)) > 0) {
      held = seam.left
      believed = []
      continue
    }
    held = seam.right
    believed.push(seam)
    if (believed.length < mostBelieved && widthOf(held) > 2 && halving < mostHalvings - 1) continue
    if ((yield* list.total(held)) === 0) return yield* whereRowsWereLost(list, believed)
    believed = []
  }
  return halves(held)
})

const whereRowsWereLost = Effect.fnUntraced(function* (
  list: StatusList["Service"],
  believed: ReadonlyArray<Seam>,
) {
  for (const seam of believed.slice(0, -1)) if ((yield* list.total(seam.right)) === 0) return seam
  return believed.at(-1)!
})

/** The rows of a day come in clusters, so that a window of the mean distance is mostly empty. */
const expectedRows = 8

/** Parts of the slice, of which some may be its night. */
const places = [0.5, 0.3, 0.7, 0.1]

const windowOfFewRows = Effect.fnUntraced(function* (
  list: StatusList["Service"],
  slice: Slice,
  rows: number,
) {
  let width = Math.ceil((expectedRows * widthOf(slice)) / rows)
  for (const place of places) {
    const from = Math.floor(slice.from + place * widthOf(slice))
    const window = { from, before: from + width }
    if (window.before > slice.before) return slice
    if ((yield* list.total(window)) > 0) return window
    width *= 2
  }
  return slice
})

const halves = (slice: Slice): Seam => {
  const middle = slice.from + Math.max(1, Math.floor(widthOf(slice) / 2))
  return {
    left: { from: slice.from, before: middle },
    right: { from: middle, before: Math.max(slice.before, middle + 1) },
  }
}
