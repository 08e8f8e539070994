/**
 * Whether two neighbouring windows join without a gap: the total over both must equal the sum of their totals. Where the
 * gateway understands the ends of a window otherwise than was thought, some row at the border is lost or told twice, and
 * the sum shows it; where no row is, nothing is lost either (design, "Seams").
 */
import * as Effect from "effect/Effect"
import type { GatewayError } from "./GatewayError.ts"
import type { Slice } from "./Slice.ts"
import type { StatusList } from "./StatusList.ts"

export interface Seam {
  readonly left: Slice
  /** Begins where `left` ends. */
  readonly right: Slice
  /** The sum of their totals where both are known, so that one request may do. */
  readonly expected?: number | undefined
  /** Those of the totals that readings told which ask for windows as it is done now. */
  readonly told?: { readonly left: number | undefined; readonly right: number | undefined } | undefined
}

export type SeamVerdict =
  | "holds"
  /** The sum is another one although the list stands still. */
  | "broken"
  /** The totals kept changing while they were asked for, or more rows are listed than were told of. */
  | "moving"

/** How often the three totals are asked for anew because the list moved. */
const tries = 3

export const bothOf = ({ left, right }: Seam): Slice => ({ from: left.from, before: right.before })

/** One request where the expected total comes, else up to four more for each try. */
export const checkSeam = Effect.fn("checkSeam")(function* (
  list: StatusList["Service"],
  seam: Seam,
): Effect.fn.Return<SeamVerdict, GatewayError> {
  const { expected, told } = seam
  let both = yield* list.total(bothOf(seam))
  if (both === expected) return "holds"
  for (let attempt = 0; attempt < tries; attempt++) {
    const left = yield* list.total(seam.left)
    const right = yield* list.total(seam.right)
    // Rows that were there and are nowhere now have not joined, they have gone.
    if (both === left + right && (both > 0 || (expected ?? 0) === 0)) {
      // Rows that were not there when a day was read are not loaded, wherever it ends.
      return left > (told?.left ?? left) || right > (told?.right ?? right) ? "moving" : "holds"
    }
    const again = yield* list.total(bothOf(seam))
    if (again === both) return "broken"
    both = again
  }
  return "moving"
})
