/**
 * Cutting a slice in time, into parts that fit: the cells of the grid that the user asked for, parts of a slice with more
 * rows than are held at once, and parts of a slice whose walk would not prove, each so small that one page holds it.
 * By what is known of the density, never blindly by halves: a slice that turns out fuller than thought is cut again by
 * its own total.
 */
import type { Slice } from "./Slice.ts"
import { widthOf } from "./Slice.ts"

/** How full a part should come out: room for a density that is not even, so that few parts must be cut twice. */
const targetFill = 0.7

/** Cuts into equal cells of `resolutionMs`, counted from the start of the slice; the last one may be shorter. */
export const cutIntoCells = (slice: Slice, resolutionMs: number): ReadonlyArray<Slice> => {
  const cells: Array<Slice> = []
  for (let from = slice.from; from < slice.before; from += resolutionMs) {
    cells.push({ from, before: Math.min(from + resolutionMs, slice.before) })
  }
  return cells
}

/**
 * Cuts a slice that holds `total` rows into parts of about 0.7 of `capacity` rows each: at least two, and none narrower
 * than 1 ms. A slice of 1 ms cannot be cut and comes back as it is.
 */
export const cutToFit = (slice: Slice, total: number, capacity: number): ReadonlyArray<Slice> => {
  const width = widthOf(slice)
  const parts = Math.min(width, Math.max(2, Math.ceil(total / (targetFill * capacity))))
  const borders = Array.from(
    { length: parts + 1 },
    (_, part) => slice.from + Math.floor((width * part) / parts),
  )
  return borders.slice(1).map((before, part) => ({ from: borders[part]!, before }))
}
