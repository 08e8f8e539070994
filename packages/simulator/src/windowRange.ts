/**
 * Which request times a window means to this gateway. Whether its ends belong to it, how finely times are compared
 * and whether From and To are swapped is undocumented or contradictory (API facts 1.2, C1, C2).
 */
import type { BehaviourOptions } from "./SimulatorOptions.ts"

/** Half-open, ms since the epoch: `from` belongs to it, `before` does not. */
export interface TimeRange {
  readonly from: number
  readonly before: number
}

/** The options that decide about windows. */
export type WindowOptions = Pick<
  BehaviourOptions,
  | "fromInclusive"
  | "toInclusive"
  | "boundUnit"
  | "boundCut"
  | "swapped"
  | "windowIgnored"
  | "longestWindowMs"
  | "reversedWindow"
>

const UNITS = { ms: 1, s: 1_000, min: 60_000 } as const
const EVERYTHING: TimeRange = { from: -Infinity, before: Infinity }
const NOTHING: TimeRange = { from: 0, before: 0 }

/**
 * The range of request times that the query's workStartTimeFrom and workStartTimeTo select; an absent one leaves its
 * side open. "error" where a reversed window, or one so long, is an error to this gateway.
 */
export const windowRange = (
  workStartTimeFrom: number | undefined,
  workStartTimeTo: number | undefined,
  options: WindowOptions,
): TimeRange | "error" => {
  if (options.windowIgnored) return EVERYTHING
  let start = options.swapped ? workStartTimeTo : workStartTimeFrom
  let end = options.swapped ? workStartTimeFrom : workStartTimeTo
  if (start !== undefined && end !== undefined && start > end) {
    if (options.reversedWindow === "all") return EVERYTHING
    if (options.reversedWindow === "empty") return NOTHING
    if (options.reversedWindow === "error") return "error"
    ;[start, end] = [end, start]
  }
  if ((end ?? Infinity) - (start ?? -Infinity) > (options.longestWindowMs ?? Infinity)) return "error"
  const unit = UNITS[options.boundUnit]
  // Where the rows' times are cut as well, all rows of the bound's second or minute compare equal to it.
  const width = options.boundCut === "both" ? unit : 1
  const cut = (ms: number): number => Math.floor(ms / unit) * unit
  return {
    from: start === undefined ? -Infinity : cut(start) + (options.fromInclusive ? 0 : width),
    before: end === undefined ? Infinity : cut(end) + (options.toInclusive ? width : 0),
  }
}
