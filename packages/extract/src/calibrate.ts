/**
 * Finds out how this gateway understands a window, where a seam has shown that it is not as was thought: asks for the two
 * windows at the seam in each way that a gateway might mean, until one adds up. Never assumed, and never more than 20
 * requests (design, "Seams").
 *
 * Moving the end by 1 ms does for ends that do not belong to the window, and, at a border that is a whole minute, for
 * bounds that are cut to seconds or minutes as well.
 */
import * as Effect from "effect/Effect"
import type { GatewayError } from "./GatewayError.ts"
import type { PartsDisagree } from "./PartsDisagree.ts"
import type { Slice } from "./Slice.ts"
import type { StatusList } from "./StatusList.ts"
import type { WindowFacts } from "./WindowFacts.ts"
import { sameWindows, turned } from "./WindowFacts.ts"
import type { Seam } from "./checkSeam.ts"
import { bothOf } from "./checkSeam.ts"

/** In the order of how likely they are: a half-open window before one that leaves out both ends. */
const shifts = [
  { toShift: 0, fromShift: 0 },
  { toShift: 1, fromShift: 0 },
  { toShift: 1, fromShift: -1 },
] as const

/**
 * The way of telling windows by which the seam adds up, and which leaves out what lies outside; undefined if there is none
 * but the present one. Up to 12 requests.
 */
export const calibrate = Effect.fn("calibrate")(function* (
  list: StatusList["Service"],
  seam: Seam,
): Effect.fn.Return<WindowFacts | undefined, GatewayError> {
  const present = list.windows()
  for (const tried of [{ ...present, order: present.order ?? "from-first" }, turned(present)]) {
    const found = yield* calibrateInOrder(list, seam, tried)
    if (found !== undefined && !sameWindows(found, present) && (yield* list.areWindows(found))) return found
  }
  return undefined
})

const calibrateInOrder = Effect.fnUntraced(function* (
  list: StatusList["Service"],
  seam: Seam,
  facts: WindowFacts,
): Effect.fn.Return<WindowFacts | undefined, GatewayError> {
  // The outer ends are told in the same way each time, so that only the border between the two makes a difference.
  const unmoved: WindowFacts = { ...facts, toShift: 0, fromShift: 0 }
  const both = yield* list.totalAs(bothOf(seam), unmoved)
  if (both === 0) return undefined
  const leftTo = new Map<number, number>()
  const rightFrom = new Map<number, number>()
  for (const { toShift, fromShift } of shifts) {
    if (!leftTo.has(toShift)) leftTo.set(toShift, yield* list.totalAs(seam.left, { ...unmoved, toShift }))
    if (!rightFrom.has(fromShift)) {
      rightFrom.set(fromShift, yield* list.totalAs(seam.right, { ...unmoved, fromShift }))
    }
    const sum = leftTo.get(toShift)! + rightFrom.get(fromShift)!
    if (sum === both) return { ...facts, toShift, fromShift }
  }
  return undefined
})

/** Of parts that do not add up, the first two neighbours that do not: found by halves, with as many requests as that takes. */
export const findBrokenSeam = Effect.fn("findBrokenSeam")(function* (
  list: StatusList["Service"],
  { parts }: Pick<PartsDisagree, "parts">,
): Effect.fn.Return<Seam, GatewayError> {
  let joined = 0
  let broken = parts.length - 1
  while (broken - joined > 1) {
    const middle = Math.floor((joined + broken) / 2)
    const sum = parts.slice(0, middle + 1).reduce((total, part) => total + part.total, 0)
    const range: Slice = { from: parts[0]!.from, before: parts[middle]!.before }
    if ((yield* list.total(range)) === sum) joined = middle
    else broken = middle
  }
  return { left: parts[joined]!, right: parts[broken]! }
})

/** The next coarser grain that slices may be cut at, where no way of telling windows makes them join. */
export const coarserGrain = (facts: WindowFacts): WindowFacts | undefined => {
  if (facts.grain === 60_000) return undefined
  return { ...facts, grain: facts.grain === 1 ? 1_000 : 60_000 }
}
