/**
 * A range of request times inside a work day that is read and proven at once. Half-open, epoch ms; the API is asked for
 * `from` to `before - 1`, both as milliseconds (design, "Asking").
 */
export interface Slice {
  readonly from: number
  readonly before: number
}

/** Width in ms. */
export const widthOf = (slice: Slice): number => slice.before - slice.from

/** `2021-09-12T00:00:00.000Z to 2021-09-12T01:00:00.000Z`, for messages. */
export const describeSlice = (slice: Slice): string =>
  `${new Date(slice.from).toISOString()} to ${new Date(slice.before).toISOString()}`
