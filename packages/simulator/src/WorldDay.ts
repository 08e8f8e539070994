/**
 * One day of a world: its rows in order of request time, reached by position.
 */
import type { TrueRow } from "./TrueRow.ts"

export interface WorldDay {
  readonly count: number
  /** The request time, ms since the epoch, of the row at a position. */
  readonly timeAt: (index: number) => number
  readonly rowAt: (index: number) => TrueRow
  /** The status at `nowMs` of the row at a position, without building the row. */
  readonly statusAt: (index: number, nowMs: number) => string
}

/** The position of the first row of `day` that was requested at or after `ms`. */
export const firstAtOrAfter = (day: WorldDay, ms: number): number => {
  let low = 0
  let high = day.count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (day.timeAt(middle) < ms) low = middle + 1
    else high = middle
  }
  return low
}

/** The part of a day that lies in a range: positions [from, before). */
export interface DayPart {
  readonly day: WorldDay
  readonly from: number
  readonly before: number
}
