/**
 * Reads one work day: asks the gateway for its pages, proves every slice complete, and hands the rows on slice by slice,
 * so that memory does not grow with the day.
 */
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Semaphore from "effect/Semaphore"
import type { Encoding, Reject } from "@vodstation-etl/core/Encoding"
import type { DayReading, Proof } from "@vodstation-etl/core/Reading"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { Gateway } from "./Gateway.ts"
import type { GatewayError } from "./GatewayError.ts"
import { DayShape } from "./DayShape.ts"
import type { PartsDisagree } from "./PartsDisagree.ts"
import type { ReadPage } from "./ReadPage.ts"
import { ReadingTally } from "./ReadingTally.ts"
import { pageOfAnswer } from "./ReadPage.ts"
import type { Slice } from "./Slice.ts"
import { sliceOf } from "./Slice.ts"
import type { SliceUnproven } from "./SliceUnproven.ts"
import type { PastTheEnd } from "./StatusList.ts"
import { StatusList } from "./StatusList.ts"
import { WalkRecord } from "./WalkRecord.ts"
import { checkTotal } from "./checkTotal.ts"
import { giveWay } from "./giveWay.ts"
import { compareWithWhole } from "./compareWithWhole.ts"
import { cutIntoCells, halve, isCuttable, partsToFit, windowsToSurvey } from "./cutSlice.ts"
import type { ProvenSlice } from "./SliceSource.ts"
import { readSlice } from "./readSlice.ts"

export interface DayReaderOptions {
  /** Width of a cell of the grid, ms; undefined for the whole day. */
  readonly resolution: number | undefined
  /** How long after its end a day may still gain rows: before that it does not close. */
  readonly settle: Duration.Duration
  /** Requests under way at once. */
  readonly concurrency: number
  /** How often what cannot be cut any further is tried. Default 6. */
  readonly tries?: number | undefined
}

/** What is told of a day while it is read. */
export interface DaySink<E, R> {
  /** Takes the rows and rejects of one page of a proven slice; called for one page at a time. The rows are its own from then on. */
  readonly take: (rows: Array<Encoding>, rejects: ReadonlyArray<Reject>) => Effect.Effect<void, E, R>
  /** Told how many rows the gateway says that the whole day holds, where one answer tells it; the reading tells it in any case. */
  readonly total?: (total: number) => Effect.Effect<void, E, R>
  /** Told that a page came, whether or not it will be proven, and how many rows the gateway says that its slice holds. */
  readonly page?: (slice: {
    readonly isWholeDay: boolean
    readonly total: number
  }) => Effect.Effect<void, E, R>
}

export class DayReader extends Context.Service<
  DayReader,
  {
    /**
     * Reads the day and gives every proven slice to the sink; answers with what the whole reading is worth.
     *
     * A day that has not ended is read up to five minutes ago by the gateway's clock, since its last rows may not be
     * listed yet; of a day that has only just begun nothing is asked, and the reading is not strong.
     */
    readonly read: <E, R>(
      day: WorkDay,
      sink: DaySink<E, R>,
    ) => Effect.Effect<DayReading, GatewayError | SliceUnproven | PartsDisagree | E, R>
  }
>()("@vodstation-etl/extract/DayReader") {
  static readonly layer = (options: DayReaderOptions) => Layer.effect(DayReader, makeDayReader(options))
}

/** A list that is busy for a moment stands still by one of these. */
const usualTries = 6

/** Rows that one walk may hold at once; a slice with more is cut before it is walked. */
const rowLimit = 25_000

/** So many are made in a fraction of a millisecond. */
const fewRows = 100

/** Walks that may hold their rows at the same time, over all days in flight. */
const walksAtOnce = 2

/** How far a window reaches beyond a slice to tell of more rows than it holds, ms. */
const around = 86_400_000

/** How far the reading of a day that has not ended stays behind the gateway's clock, ms: its last rows may not be listed yet. */
export const listLag = 300_000

const makeDayReader = Effect.fnUntraced(function* (options: DayReaderOptions) {
  const gateway = yield* Gateway
  const list = yield* StatusList
  const walks = yield* Semaphore.make(walksAtOnce)
  // What is found out of the total of one day does for the others.
  const oneTotal = yield* Semaphore.make(1)
  const shape = new DayShape()
  const walkRecord = new WalkRecord()

  const read = Effect.fnUntraced(function* <E, R>(
    day: WorkDay,
    sink: DaySink<E, R>,
  ): Effect.fn.Return<DayReading, GatewayError | SliceUnproven | PartsDisagree | E, R> {
    const tally = new ReadingTally()
    const oneAtATime = yield* Semaphore.make(1)
    const now = yield* gateway.now
    const whole = sliceOf(day)
    const tellTotal = sink.total ?? (() => Effect.void)
    const tellPage = sink.page ?? (() => Effect.void)
    const grain = list.windows().grain
    const window = { from: day.start, before: Math.min(day.end, now - listLag) }
    const begunPart = (cell: Slice): Slice => ({
      from: cell.from,
      before: Math.min(cell.before, window.before),
    })

    const askTotal = (slice: Slice) =>
      Effect.tap(list.total(slice), () => Effect.sync(() => tally.askedTotal()))

    const survey = Effect.fnUntraced(function* (slice: Slice, pages: number) {
      const count = windowsToSurvey(pages)
      if (shape.isKnown || count === 0) return
      const windows = shape.cut(whole, slice, count, grain)
      const seen = yield* Effect.forEach(
        windows,
        (window) => Effect.map(askTotal(window), (total) => ({ slice: window, total })),
        { concurrency: options.concurrency },
      )
      shape.learn(whole, seen)
    })

    const askAround = ({ from, before }: Slice) =>
      list
        .totalAs({ from: from - around, before: before + around }, list.windows())
        .pipe(Effect.tap(() => Effect.sync(() => tally.askedTotal())))
    const counted = {
      mayBeCut: list.mayBeCutTotal,
      learn: list.learnTotal,
      askTotal,
      askAround,
      halve: (slice: Slice) => halve(slice, grain),
      isCuttable: (slice: Slice) => isCuttable(slice, grain),
    }
    const checkTotalOf = (slice: Slice, total: number) =>
      list.mayBeCutTotal(total)
        ? oneTotal.withPermits(1)(checkTotal(counted, slice, total))
        : Effect.succeed("whole" as const)

    const readCell = (cell: Slice) => {
      const askPage = (
        slice: Slice,
        pageNo: number,
      ): Effect.Effect<ReadPage | undefined, GatewayError | E, R> =>
        list.page(slice, pageNo).pipe(
          Effect.flatMap((answer) => {
            if (answer === undefined) return Effect.undefined
            tally.asked(answer)
            const page = Effect.sync(() => pageOfAnswer(answer, cell))
            const { total } = answer.answer
            const isWholeDay = slice.from === whole.from && slice.before === whole.before
            return (pageNo === 1 && isWholeDay ? tellTotal(total) : Effect.void).pipe(
              Effect.andThen(tellPage({ isWholeDay, total })),
              Effect.andThen(page),
            )
          }),
        )
      const give = (page: ReadPage, proof: Proof) =>
        Effect.andThen(page.rowCount > fewRows ? giveWay : Effect.void, () => {
          const read = page.read()
          page.release()
          tally.read(read, proof)
          return sink.take(read.rows, read.rejectedRows)
        })
      const emit = (proven: ProvenSlice) =>
        Effect.suspend(() => {
          tally.proven(proven)
          return Effect.forEach(proven.pages, (page) => give(page, proven.proof), { discard: true })
        }).pipe(oneAtATime.withPermits(1), Effect.andThen(tellSpan(proven)))
      return readSlice(
        {
          workDate: day.date,
          askPage,
          pageSize: list.pageSize,
          mayBeFull: list.mayBeFull,
          checkTotal: checkTotalOf,
          learnPageSize: list.learnPageSize,
          askTotal,
          emit,
          cut: (slice, total, capacity) =>
            shape.cut(whole, slice, partsToFit(total, capacity, shape.isKnown), grain),
          halve: counted.halve,
          isCuttable: counted.isCuttable,
          survey,
          sawPastTheEnd: (page) => list.learnPastTheEnd(pastTheEnd(page)),
          walks: walkRecord,
          holdingRows: walks.withPermits(1),
          concurrency: options.concurrency,
          rowLimit,
          tries: options.tries ?? usualTries,
        },
        begunPart(cell),
      )
    }
    const cells = cutIntoCells(whole, options.resolution ?? day.end - day.start)
    const read = cells.filter((cell) => cell.from < window.before)
    // Cells are read apart, as parts of a slice are.
    const total = read.length > 1 ? yield* askTotal(window) : undefined
    const totals = yield* Effect.forEach(read, readCell, { concurrency: options.concurrency })
    shape.learn(whole, tally.slices)
    const apiTotal = totals.reduce((a, b) => a + b, 0)
    // The total of before may differ for a row that left; only one that stands still after them tells of rows at borders.
    if (total !== undefined && apiTotal !== total) {
      const source = { workDate: day.date, askTotal }
      yield* compareWithWhole(source, window, yield* askTotal(window), read.map(begunPart), totals)
    }
    return tally.reading(day, {
      apiTotal,
      now,
      begun: window.before > window.from,
      settle: Duration.toMillis(options.settle),
    })
  })
  return DayReader.of({ read })
})

/** To the span of the slice. */
const tellSpan = ({ proof, pages }: ProvenSlice) =>
  Effect.annotateCurrentSpan({
    outcome: "proven",
    proof,
    pages: pages.length,
    rows: pages.reduce((sum, page) => sum + page.rowCount, 0),
  })

const pastTheEnd = (page: ReadPage | undefined): PastTheEnd => {
  if (page === undefined) return "refused"
  return page.rowCount === 0 ? "empty" : "repeated"
}
