/**
 * Cutting a slice in time, into parts that fit: the cells of the grid that the user asked for, parts of a slice with more
 * rows than are held at once, and parts of a slice whose walk would not prove, each so small that one page holds it.
 * By what is known of the density (`DayShape.ts`), never blindly by halves: a slice that turns out fuller than thought is
 * cut again by its own total.
 */
import type { Slice } from "./Slice.ts"

/** Whether there is a border inside of the slice, a multiple of `grain` ms, that it can be cut at. */
export const isCuttable = (slice: Slice, grain: number): boolean =>
  (Math.floor(slice.from / grain) + 1) * grain < slice.before

/** How full a part should come out: room for a density that is not as thought, so that few parts must be cut twice. */
const guessedFill = 0.7
const knownFill = 0.85

/** Cuts a slice that is cuttable in the middle. */
export const halve = (slice: Slice, grain: number): readonly [Slice, Slice] => {
  const first = Math.floor(slice.from / grain) + 1
  const border = Math.max(first, Math.floor((slice.from + slice.before) / 2 / grain)) * grain
  return [
    { from: slice.from, before: border },
    { from: border, before: slice.before },
  ]
}

/** Cuts into equal cells of `resolutionMs`, counted from the start of the slice; the last one may be shorter. */
export const cutIntoCells = (slice: Slice, resolutionMs: number): ReadonlyArray<Slice> => {
  const cells: Array<Slice> = []
  for (let from = slice.from; from < slice.before; from += resolutionMs) {
    cells.push({ from, before: Math.min(from + resolutionMs, slice.before) })
  }
  return cells
}

/**
 * Into how many parts a slice of `total` rows is cut so that each fits into `capacity` rows: at least two.
 *
 * @param known whether it is known how the rows are spread: then parts may come out fuller
 */
export const partsToFit = (total: number, capacity: number, known: boolean): number =>
  Math.max(2, Math.ceil(total / ((known ? knownFill : guessedFill) * capacity)))

/** How many windows to ask the totals of before a slice of so many pages is cut, while nothing is known of how its rows are spread. */
export const windowsToSurvey = (pages: number): number =>
  pages < 6 ? 0 : Math.min(24, Math.round(pages / 4))
