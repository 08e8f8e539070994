/**
 * The list that a window shows at a moment, in the gateway's order, of which a page is a part.
 */
import { driftedOrder } from "./driftedOrder.ts"
import { hashOf } from "./seededHash.ts"
import type { BehaviourOptions } from "./SimulatorOptions.ts"
import { stateAt, type TrueRow } from "./TrueRow.ts"
import type { TimeRange } from "./windowRange.ts"
import type { World } from "./World.ts"
import type { DayPart } from "./WorldDay.ts"

/** The options that decide about what is in the list and where. */
export type ListOptions = Pick<BehaviourOptions, "order" | "drift" | "retentionDays" | "appearsAfterMs">

/** The parts of the world's days that are in the list of a window at `nowMs`, oldest first. */
export const visibleParts = (
  world: World,
  range: TimeRange,
  nowMs: number,
  options: ListOptions,
): ReadonlyArray<DayPart> => {
  const oldest = options.retentionDays === null ? -Infinity : nowMs - options.retentionDays * 86_400_000
  const newest = nowMs - options.appearsAfterMs + 1
  return world.parts(Math.max(range.from, oldest), Math.min(range.before, newest))
}

export const countOf = (parts: ReadonlyArray<DayPart>): number =>
  parts.reduce((sum, { from, before }) => sum + before - from, 0)

/** The row at a position counted from the oldest. */
const rowFromOldest = (parts: ReadonlyArray<DayPart>, position: number): TrueRow => {
  let left = position
  for (const { day, from, before } of parts) {
    if (left < before - from) return day.rowAt(from + left)
    left -= before - from
  }
  throw new RangeError(`no row at position ${position}`)
}

const newestWorkFirst = (
  parts: ReadonlyArray<DayPart>,
  total: number,
  nowMs: number,
): ReadonlyArray<TrueRow> =>
  Array.from({ length: total }, (_, position) => rowFromOldest(parts, position))
    .map((row) => ({ row, at: stateAt(row, nowMs).lastWorkTimeMs ?? 0 }))
    .toSorted((a, b) => b.at - a.at || b.row.key - a.row.key)
    .map(({ row }) => row)

/** The rows at positions [from, before) of the list as the request with this number finds it. */
export const listRows = (
  parts: ReadonlyArray<DayPart>,
  from: number,
  before: number,
  requestNumber: number,
  nowMs: number,
  options: ListOptions,
  seed: number,
): ReadonlyArray<TrueRow> => {
  const total = countOf(parts)
  const share = options.order === "reshuffled" ? 1 : options.drift
  const positions = driftedOrder(total, share, hashOf(seed, requestNumber, 81), from, before)
  if (options.order === "lastWorkTimeDesc") {
    const sorted = newestWorkFirst(parts, total, nowMs)
    return positions.map((position) => sorted[position]!)
  }
  return options.order === "requestTimeAsc"
    ? positions.map((position) => rowFromOldest(parts, position))
    : positions.map((position) => rowFromOldest(parts, total - 1 - position))
}
