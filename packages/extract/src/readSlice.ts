/**
 * Reads one slice until it is proven: the loop that drives the decisions of `proveSlice.ts` and `cutSlice.ts`.
 *
 * A walk over many pages stops at the first sign that it will not prove. The slice is then cut into parts that one page
 * holds each, since asking for everything again would most likely meet the next movement. Only a slice that cannot be cut
 * is walked again. A slice with more rows than are held at once is cut before it is walked.
 */
import * as Effect from "effect/Effect"
import type { Proof } from "@vodstation-etl/core/Reading"
import type { PartsDisagree } from "./PartsDisagree.ts"
import type { Slice } from "./Slice.ts"
import { describeSlice } from "./Slice.ts"
import type { SliceSource } from "./SliceSource.ts"
import { SliceUnproven } from "./SliceUnproven.ts"
import { compareWithWhole } from "./compareWithWhole.ts"
import { judgeFirstPage, Walk } from "./proveSlice.ts"
import { walkSlice } from "./walkSlice.ts"

/** A try of a slice. */
interface Attempt {
  /** How many are left, this one included. */
  readonly left: number
  /** Whether the slice was cut so that it should fit one page. */
  readonly expectedToFit: boolean
  /** What the walk before this one saw, where it was complete but for rows that are alike. */
  readonly seen: string | undefined
}

const firstAttempt = ({ tries }: { readonly tries: number }, expectedToFit: boolean): Attempt => ({
  left: tries,
  expectedToFit,
  seen: undefined,
})

/** A part that holds so many times what fits is thought to hold a peak. */
const peak = 2

type Failure<E> = E | SliceUnproven | PartsDisagree

/** What looking at a slice came to: it was read and emitted, or is yet to be cut. */
interface Looked<E, R> {
  readonly total: number
  /** Reads it in parts and gives the sum of their totals. */
  readonly cut: Effect.Effect<number, Failure<E>, R> | undefined
}

/**
 * Reads the slice and emits it, whole or in parts, each proven; gives the sum of the totals.
 *
 * Fails with `SliceUnproven` where a slice that cannot be cut, or one whose pages contradict themselves, stays without a
 * proof, and with `PartsDisagree` where the parts of a slice that stands still do not add up to the whole.
 */
export const readSlice = <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
): Effect.Effect<number, Failure<E>, R> =>
  inSpan(
    source,
    slice,
    Effect.flatMap(
      lookAt(source, slice, firstAttempt(source, false)),
      ({ total, cut }) => cut ?? Effect.succeed(total),
    ),
  )

/** A slice, or a part of one, as a span of its own; one that is cut has a span for the look at it and one for its parts. */
const inSpan = <A, E, R>(
  source: { readonly workDate: string },
  slice: Slice,
  reading: Effect.Effect<A, E, R>,
): Effect.Effect<A, E, R> =>
  reading.pipe(
    Effect.withSpan("slice", () => ({
      attributes: {
        day: source.workDate,
        from: new Date(slice.from).toISOString(),
        before: new Date(slice.before).toISOString(),
      },
    })),
  )

/** A slice, or a part of one, with all of its tries. */
const lookAt = <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  attempt: Attempt,
): Effect.Effect<Looked<E, R>, Failure<E>, R> =>
  Effect.tap(tryToRead(source, slice, attempt), ({ total, cut }) =>
    Effect.annotateCurrentSpan({ total, ...(cut === undefined ? {} : { outcome: "cut" }) }),
  )

const tryToRead = Effect.fnUntraced(function* <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  attempt: Attempt,
): Effect.fn.Return<Looked<E, R>, Failure<E>, R> {
  const first = yield* source.askPage(slice, 1)
  if (first === undefined) return yield* unproven(source, slice, "the gateway says that there is no page 1")
  const { total } = first
  const emitFirst = (proof: Proof) =>
    Effect.as(source.emit({ slice, proof, total, pages: [first] }), read(total))
  const inPages = () => toCut(total, readInPages(source, slice, total, attempt.expectedToFit))
  const verdict = judgeFirstPage(first, source.mayBeFull)
  switch (verdict._tag) {
    case "Proven":
      return yield* emitFirst(verdict.proof)
    case "LookPastEnd": {
      const told = yield* source.checkTotal(slice, total)
      if (told === "cut") return yield* again(source, slice, attempt, totalIsCut(total))
      if (told === "whole" && first.rowCount < source.pageSize()) return yield* emitFirst("single-page")
      const alone = new Walk(total, total)
      alone.see(1, first)
      const next = yield* source.askPage(slice, 2)
      const sign = alone.seePastEnd(next)
      if (sign !== undefined) return yield* again(source, slice, attempt, sign)
      if (alone.mayGoOn && source.isCuttable(slice)) return inPages()
      source.sawPastTheEnd(next)
      return yield* emitFirst(alone.mayGoOn || told === "unclear" ? "count" : "single-page")
    }
    case "Contradiction":
      return yield* again(source, slice, attempt, verdict.sign)
    case "Walk": {
      source.learnPageSize(verdict.served)
      const cuttable = source.isCuttable(slice)
      if (cuttable && total > source.rowLimit) {
        return toCut(total, readParts(source, slice, total, source.rowLimit))
      }
      if (cuttable && !source.walks.isWorthTrying(verdict.lastPage)) return inPages()
      const told = yield* source.checkTotal(slice, total)
      if (told === "cut") return yield* again(source, slice, attempt, totalIsCut(total))
      const walked = yield* source.holdingRows(
        walkSlice(source, slice, first, verdict.served, {
          strict: cuttable,
          seen: attempt.seen,
          isLast: attempt.left === 1,
          totalIsClear: told === "whole",
        }),
      )
      if (walked === undefined) return read(total)
      return cuttable
        ? inPages()
        : yield* again(source, slice, { ...attempt, seen: walked.seen }, walked.sign)
    }
  }
})

const read = (total: number) => ({ total, cut: undefined })

const toCut = <E, R>(total: number, cut: Effect.Effect<number, Failure<E>, R>): Looked<E, R> => ({
  total,
  cut,
})

const unproven = <E, R>(source: SliceSource<E, R>, slice: Slice, sign: string) =>
  Effect.fail(new SliceUnproven({ workDate: source.workDate, slice: describeSlice(slice), sign }))

const totalIsCut = (total: number) =>
  `the total says that there are ${total} rows, and its parts hold more of them together`

const again = <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  attempt: Attempt,
  sign: string,
): Effect.Effect<Looked<E, R>, Failure<E>, R> =>
  attempt.left > 1
    ? tryToRead(source, slice, { ...attempt, left: attempt.left - 1 })
    : unproven(source, slice, `${sign} (tried ${source.tries} times)`)

/** Reads a slice that is too full for one page in parts that are not. */
const readInPages = Effect.fnUntraced(function* <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  total: number,
  expectedToFit: boolean,
): Effect.fn.Return<number, Failure<E>, R> {
  const capacity = source.pageSize()
  if (expectedToFit && total > peak * capacity) return yield* readAroundPeak(source, slice, total)
  yield* source.survey(slice, total / capacity)
  return yield* readParts(source, slice, total, capacity)
})

const readParts = Effect.fnUntraced(function* <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  total: number,
  capacity: number,
): Effect.fn.Return<number, Failure<E>, R> {
  const parts = source.cut(slice, total, capacity)
  const fitPages = capacity <= source.pageSize()
  yield* Effect.annotateCurrentSpan({ parts: parts.length })
  const looked = yield* Effect.forEach(parts, (part) => lookAtPart(source, part, fitPages), {
    concurrency: source.concurrency,
  })
  return yield* finishParts(source, slice, total, parts, looked)
})

const lookAtPart = <E, R>(source: SliceSource<E, R>, part: Slice, expectedToFit: boolean) =>
  inSpan(source, part, lookAt(source, part, firstAttempt(source, expectedToFit)))

/**
 * Reads those of the parts that are yet to be cut, once all of them together are the whole: a gateway that lists the rows of a
 * minute, or of an hour, in every window within it would else have each part cut down to single milliseconds.
 */
const finishParts = Effect.fnUntraced(function* <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  total: number,
  parts: ReadonlyArray<Slice>,
  looked: ReadonlyArray<Looked<E, R>>,
): Effect.fn.Return<number, Failure<E>, R> {
  const totals = looked.map((part) => part.total)
  yield* compareWithWhole(source, slice, total, parts, totals)
  const sums = yield* Effect.forEach(
    looked,
    ({ total, cut }, index) =>
      cut === undefined ? Effect.succeed(total) : inSpan(source, parts[index]!, annotatedCut(total, cut)),
    { concurrency: source.concurrency },
  )
  return sums.reduce((a, b) => a + b, 0)
})

const annotatedCut = <A, E, R>(total: number, cut: Effect.Effect<A, E, R>) =>
  Effect.andThen(Effect.annotateCurrentSpan({ total, outcome: "cut" }), cut)

/**
 * Reads a slice that was expected to fit one page and holds far more: some moment in it was very busy. It is closed in by
 * halves, of which the second one need not be asked about as long as the first one tells what it must hold.
 */
const readAroundPeak = Effect.fnUntraced(function* <E, R>(
  source: SliceSource<E, R>,
  slice: Slice,
  total: number,
): Effect.fn.Return<number, Failure<E>, R> {
  const parts: Array<Slice> = []
  const looked: Array<Looked<E, R>> = []
  let rest = slice
  let restTotal = total
  while (source.isCuttable(rest) && restTotal > peak * source.pageSize()) {
    const [half, other] = source.halve(rest)
    parts.push(half)
    looked.push(yield* lookAtPart(source, half, true))
    rest = other
    restTotal -= looked.at(-1)!.total
  }
  parts.push(rest)
  looked.push(yield* lookAtPart(source, rest, true))
  return yield* finishParts(source, slice, total, parts, looked)
})
