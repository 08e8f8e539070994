/** One walk over all pages of a slice, and what it is worth when it comes to its end. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type { ReadPage } from "./ReadPage.ts"
import { digestOf } from "./ReadPage.ts"
import type { Slice } from "./Slice.ts"
import type { SliceSource } from "./SliceSource.ts"
import { inSpreadOrder } from "./inSpreadOrder.ts"
import type { SeenPage } from "./proveSlice.ts"
import { Walk } from "./proveSlice.ts"
import { rowsShownAtOnce } from "./rowsShownAtOnce.ts"

class WalkStopped extends Data.TaggedError("WalkStopped")<{ readonly sign: string }> {}

interface WalkManner {
  /** The first doubt ends the walk. */
  readonly strict: boolean
  readonly seen: string | undefined
  readonly isLast: boolean
  /** Whether it is certain that the total is not cut. */
  readonly totalIsClear: boolean
}

/**
 * Walks the slice and emits it; gives the sign that it did not prove, if so.
 *
 * A walk that is not strict goes on in doubt, and two in a row that saw the same rows, as many as the total said, end with
 * the weak proof `count`: one alone may have seen a row twice and missed another. Of a list that never stands still for two
 * walks, the last one gives what its pages prove by themselves, which may be fewer rows than there are.
 */
export const walkSlice = Effect.fnUntraced(function* <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  first: ReadPage,
  served: number,
  { strict, seen, isLast, totalIsClear }: WalkManner,
): Effect.fn.Return<{ readonly sign: string; readonly seen: string | undefined } | undefined, E, R> {
  const pages = new Map([[1, first]])
  const walk = new Walk(first.total, served)
  return yield* walkPages(source, slice, walk, pages, strict).pipe(
    Effect.andThen(
      Effect.suspend(() => {
        const rows = [...pages.values()]
        const proof = totalIsClear ? walk.proof : "count"
        const emit = (pages: ReadonlyArray<ReadPage>) =>
          Effect.as(source.emit({ slice, proof, total: walk.total, pages }), undefined)
        const digest =
          walk.doubt === undefined ? undefined : digestOf(rows.values().map((page) => page.read()))
        if (digest !== undefined && digest !== seen) {
          return isLast
            ? emit(rowsShownAtOnce(rows))
            : Effect.succeed({ sign: `${walk.doubt}`, seen: digest })
        }
        source.walks.proved(walk.lastPage)
        return emit(digest !== undefined && walk.hasRepeatedPage() ? rowsShownAtOnce(rows) : rows)
      }),
    ),
    Effect.catchIf(
      (error) => error instanceof WalkStopped,
      (stopped) =>
        Effect.sync(() => {
          source.walks.failed(walk.lastPage)
          return { sign: `${stopped.sign}; until then ${walk.progress}`, seen: undefined }
        }),
    ),
  )
})

/** Walks all pages after the first into `pages`. With `strict` the first doubt ends the walk. */
const walkPages = Effect.fnUntraced(function* <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  walk: Walk,
  pages: Map<number, ReadPage>,
  strict: boolean,
) {
  const see = (pageNo: number, page: SeenPage) => {
    const sign = walk.see(pageNo, page) ?? (strict ? walk.doubt : undefined)
    return sign === undefined ? Effect.void : Effect.fail(new WalkStopped({ sign }))
  }
  yield* see(1, pages.get(1)!)
  yield* Effect.forEach(
    inSpreadOrder(2, walk.lastPage),
    Effect.fnUntraced(function* (pageNo) {
      const page = yield* source.askPage(slice, pageNo)
      if (page === undefined) {
        return yield* new WalkStopped({ sign: `the gateway says that there is no page ${pageNo}` })
      }
      pages.set(pageNo, page)
      return yield* see(pageNo, page)
    }),
    { concurrency: source.concurrency, discard: true },
  )
  if (walk.endsAtBrim) {
    const past = yield* source.askPage(slice, walk.lastPage + 1)
    const sign = walk.seePastEnd(past) ?? (strict ? walk.doubt : undefined)
    if (sign !== undefined) return yield* new WalkStopped({ sign })
    source.sawPastTheEnd(past)
  }
})
