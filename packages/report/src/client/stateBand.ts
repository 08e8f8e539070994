/** How the states of an encoding share the width of a band. Pure. */
import type { TimelineState } from "../EncodingData.ts"

export interface BandPart {
  /** Null: it was withdrawn, and came back later or not at all. */
  readonly state: TimelineState | null
  /** Epoch ms. */
  readonly from: number
  readonly to: number
  /** Pixels from the left. */
  readonly left: number
  readonly width: number
}

/** Narrower, a part could not be seen, nor told from others. */
const leastWidth = 8
/** In so many pixels a state can be named, and its beginning be written below. */
const readableWidth = 92

/**
 * States and the gaps between them, one beside the other, over the whole width. Half of it, or as much as makes each
 * readable, is shared alike, and only the rest by how long they lasted: states of seconds and of months are both to be seen.
 * Of more than have a place, the last ones.
 *
 * @param until now, epoch ms: so long the latest state has lasted
 * @param width pixels
 */
export const stateBand = (
  timeline: ReadonlyArray<TimelineState>,
  until: number,
  width: number,
): ReadonlyArray<BandPart> => {
  const spans = spansOf(timeline, until).slice(-Math.max(1, Math.floor(width / leastWidth)))
  const alike = Math.min(
    readableWidth,
    Math.max(leastWidth, width / (2 * spans.length)),
    width / spans.length,
  )
  const rest = width - alike * spans.length
  const lasted = spans.reduce((total, { from, to }) => total + (to - from), 0)
  let left = 0
  return spans.map((span) => {
    const share = lasted === 0 ? 1 / spans.length : (span.to - span.from) / lasted
    const part = { ...span, left, width: alike + rest * share }
    left += part.width
    return part
  })
}

/** Clocks may differ: a state that ends before it began lasted no time. */
const spansOf = (timeline: ReadonlyArray<TimelineState>, until: number) =>
  timeline.flatMap((state, index) => {
    const next = timeline[index + 1]?.validFrom
    const from = state.validFrom
    const to = Math.max(from, state.validTo ?? until)
    const withdrawnUntil = next ?? (state.validTo === null ? to : until)
    const gap = withdrawnUntil > to ? [{ state: null, from: to, to: withdrawnUntil }] : []
    return [{ state, from, to }, ...gap]
  })
