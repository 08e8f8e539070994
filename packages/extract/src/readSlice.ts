/**
 * Reads one slice until it is proven: the loop that drives the decisions of `proveSlice.ts` and `cutSlice.ts`.
 *
 * A walk over many pages stops at the first sign that it will not prove. The slice is then cut into parts that one page
 * holds each, since asking for everything again would most likely meet the next movement. Only a slice of 1 ms, which
 * cannot be cut, is walked again. A slice with more rows than are held at once is cut before it is walked.
 */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import type { Proof } from "@vodstation-etl/core/Reading"
import type { ReadPage } from "./ReadPage.ts"
import type { Slice } from "./Slice.ts"
import { describeSlice, widthOf } from "./Slice.ts"
import { SliceUnproven } from "./SliceUnproven.ts"
import { cutToFit } from "./cutSlice.ts"
import type { SeenPage } from "./proveSlice.ts"
import { judgeFirstPage, Walk } from "./proveSlice.ts"

/** A slice that is proven, with all of its rows. */
export interface ProvenSlice {
  readonly slice: Slice
  readonly proof: Proof
  readonly total: number
  readonly pages: ReadonlyArray<ReadPage>
}

/** What the loop needs of its surroundings: the pages, and a place for what it has proven. */
export interface SliceSource<E, R> {
  readonly workDate: string
  /** Page `pageNo` of the slice; undefined where the gateway says that there is no such page. */
  readonly askPage: (slice: Slice, pageNo: number) => Effect.Effect<ReadPage | undefined, E, R>
  /** The size of a full page, as far as it is known by now. */
  readonly pageSize: () => number
  /** Tells the size of a full page once a page was cut short by the gateway's cap. */
  readonly learnPageSize: (served: number) => void
  readonly emit: (proven: ProvenSlice) => Effect.Effect<void, E, R>
  /** Bounds how many walks hold their rows at the same time. */
  readonly holdingRows: <A, E2, R2>(walk: Effect.Effect<A, E2, R2>) => Effect.Effect<A, E2, R2>
  /** Requests under way at once. */
  readonly concurrency: number
  /** Slices that may be walked at the same time. */
  readonly walksAtOnce: number
  /** The most rows that one walk may hold. */
  readonly rowLimit: number
}

/** How often a slice that cannot be cut is tried. */
const attempts = 4

class WalkStopped extends Data.TaggedError("WalkStopped")<{ readonly sign: string }> {}

/**
 * Reads the slice and emits it, whole or in parts, each proven; gives the sum of the totals.
 *
 * Fails with `SliceUnproven` where a slice of 1 ms, or one whose pages contradict themselves, stays without a proof, and
 * where the parts of a slice that stands still do not add up to the whole.
 */
export const readSlice = <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
): Effect.Effect<number, E | SliceUnproven, R> => tryToRead(source, slice, "may walk", attempts)

type Manner =
  /** Pages may be walked. */
  | "may walk"
  /** A walk over a larger slice did not prove: this part is to fit one page, or is cut again. */
  | "fit one page"

const tryToRead = Effect.fnUntraced(function* <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  manner: Manner,
  attemptsLeft: number,
): Effect.fn.Return<number, E | SliceUnproven, R> {
  const first = yield* askFirstPage(source, slice)
  const verdict = judgeFirstPage(first, source.pageSize())
  switch (verdict._tag) {
    case "Proven": {
      yield* source.emit({ slice, proof: verdict.proof, total: first.total, pages: [first] })
      return first.total
    }
    case "LookPastEnd": {
      const alone = new Walk(first.total, first.total)
      alone.see(1, first)
      const next = yield* source.askPage(slice, 2)
      if (next === undefined || alone.isPastEnd(next)) {
        yield* source.emit({ slice, proof: "single-page", total: first.total, pages: [first] })
        return first.total
      }
      return yield* again(source, slice, manner, attemptsLeft, "the page past the end held further rows")
    }
    case "Contradiction":
      return yield* again(source, slice, manner, attemptsLeft, verdict.sign)
    case "Walk": {
      source.learnPageSize(verdict.served)
      const cuttable = widthOf(slice) > 1
      if (cuttable && manner === "fit one page") {
        return yield* readParts(source, slice, first.total, verdict.served, manner)
      }
      if (cuttable && first.total > source.rowLimit) {
        return yield* readParts(source, slice, first.total, source.rowLimit, manner)
      }
      const walked = yield* source.holdingRows(
        walkPages(source, slice, first, verdict.served, cuttable || attemptsLeft > 1).pipe(
          Effect.tap((proven) => source.emit(proven)),
          Effect.map((proven) => ({ total: proven.total, sign: undefined })),
          Effect.catchIf(
            (error) => error instanceof WalkStopped,
            (stopped) => Effect.succeed({ total: first.total, sign: stopped.sign }),
          ),
        ),
      )
      if (walked.sign === undefined) return walked.total
      return cuttable
        ? yield* readParts(source, slice, first.total, verdict.served, "fit one page")
        : yield* again(source, slice, manner, attemptsLeft, walked.sign)
    }
  }
})

const askFirstPage = Effect.fnUntraced(function* <E, R>(source: SliceSource<E, R>, slice: Slice) {
  const page = yield* source.askPage(slice, 1)
  return page ?? (yield* unproven(source, slice, "the gateway says that there is no page 1"))
})

const unproven = <E, R>(source: SliceSource<E, R>, slice: Slice, sign: string) =>
  Effect.fail(new SliceUnproven({ workDate: source.workDate, slice: describeSlice(slice), sign }))

const again = <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  manner: Manner,
  attemptsLeft: number,
  sign: string,
): Effect.Effect<number, E | SliceUnproven, R> =>
  attemptsLeft > 1
    ? tryToRead(source, slice, manner, attemptsLeft - 1)
    : unproven(source, slice, `${sign} (tried ${attempts} times)`)

/** Walks all pages after the first. With `strict` the first doubt ends the walk; else it ends with the weak proof `count`. */
const walkPages = Effect.fnUntraced(function* <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  first: ReadPage,
  served: number,
  strict: boolean,
) {
  const walk = new Walk(first.total, served)
  const see = (pageNo: number, page: SeenPage) => {
    const sign = walk.see(pageNo, page) ?? (strict ? walk.doubt : undefined)
    return sign === undefined ? Effect.void : Effect.fail(new WalkStopped({ sign }))
  }
  yield* see(1, first)
  const pageNumbers = Array.from({ length: walk.lastPage - 1 }, (_, index) => index + 2)
  const rest = yield* Effect.forEach(
    pageNumbers,
    Effect.fnUntraced(function* (pageNo) {
      const page = yield* source.askPage(slice, pageNo)
      if (page === undefined) {
        return yield* new WalkStopped({ sign: `the gateway says that there is no page ${pageNo}` })
      }
      yield* see(pageNo, page)
      return page
    }),
    { concurrency: source.concurrency },
  )
  if (walk.endsAtBrim) {
    const past = yield* source.askPage(slice, walk.lastPage + 1)
    if (past !== undefined && !walk.isPastEnd(past)) {
      return yield* new WalkStopped({ sign: "the page past the end held further rows" })
    }
  }
  return { slice, proof: walk.proof, total: walk.total, pages: [first, ...rest] } satisfies ProvenSlice
})

const readParts = Effect.fnUntraced(function* <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  total: number,
  capacity: number,
  manner: Manner,
): Effect.fn.Return<number, E | SliceUnproven, R> {
  const totals = yield* Effect.forEach(
    cutToFit(slice, total, capacity),
    (part) => tryToRead(source, part, manner, attempts),
    // Parts that may be walked hold many pages each, and ask for them in parallel themselves.
    { concurrency: manner === "may walk" ? source.walksAtOnce : source.concurrency },
  )
  const sum = totals.reduce((a, b) => a + b, 0)
  if (sum !== total) {
    // A list that moved may well add up to another number; one that stands still must not.
    const now = yield* askFirstPage(source, slice)
    if (now.total === total) {
      return yield* unproven(source, slice, `its parts hold ${sum} rows, the whole says ${total}`)
    }
  }
  return sum
})
