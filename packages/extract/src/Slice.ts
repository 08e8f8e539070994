/** Ranges of request times. */
import type { WorkDay } from "@vodstation-etl/core/WorkDay"

/**
 * A range of request times inside a work day that is read and proven at once. Half-open, epoch ms; the API is asked for
 * `from` to `before - 1`, both as milliseconds (design, "Asking").
 */
export interface Slice {
  readonly from: number
  readonly before: number
}

/** The whole of a work day. */
export const sliceOf = (day: WorkDay): Slice => ({ from: day.start, before: day.end })

/** Width in ms. */
export const widthOf = (slice: Slice): number => slice.before - slice.from

/** `2021-09-12T00:00:00.000Z to 2021-09-12T01:00:00.000Z`, for messages. */
export const describeSlice = (slice: Slice): string =>
  `${new Date(slice.from).toISOString()} to ${new Date(slice.before).toISOString()}`
