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
import { isTerminal } from "@vodstation-etl/core/Encoding"
import type { Proof, Reading } from "@vodstation-etl/core/Reading"
import { SnapshotDigest } from "@vodstation-etl/core/SnapshotDigest"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { isReject, normalise } from "@vodstation-etl/core/normalise"
import type { StatusPage } from "./Gateway.ts"
import { Gateway } from "./Gateway.ts"
import type { GatewayError } from "./GatewayError.ts"
import { PageSize } from "./PageSize.ts"
import type { ReadPage } from "./ReadPage.ts"
import { readPage } from "./ReadPage.ts"
import type { Slice } from "./Slice.ts"
import type { SliceUnproven } from "./SliceUnproven.ts"
import { cutIntoCells } from "./cutSlice.ts"
import { weakerProof } from "./proveSlice.ts"
import type { ProvenSlice } from "./readSlice.ts"
import { readSlice } from "./readSlice.ts"

export interface DayReaderOptions {
  /** The page size to ask for. What the gateway really serves is learned from its answers. */
  readonly pageSize: number
  /** Width of a cell of the grid, ms; undefined for the whole day. */
  readonly resolution: number | undefined
  /** How long after its end a day may still gain rows: before that it does not close. */
  readonly settle: Duration.Duration
  /** Requests under way at once. */
  readonly concurrency: number
}

/** Takes the rows and rejects of one proven slice; called by one slice at a time. The rows are its own from then on. */
export type TakeSlice<E, R> = (
  rows: Array<Encoding>,
  rejects: ReadonlyArray<Reject>,
) => Effect.Effect<void, E, R>

export class DayReader extends Context.Service<
  DayReader,
  {
    /**
     * Reads the day and gives every proven slice to `take`; answers with what the whole reading is worth.
     *
     * A day that has not ended is read up to five minutes ago by the gateway's clock, since its last rows may not be
     * listed yet; of a day that has only just begun nothing is asked, and the reading is not strong.
     */
    readonly read: <E, R>(
      day: WorkDay,
      take: TakeSlice<E, R>,
    ) => Effect.Effect<Reading, GatewayError | SliceUnproven | E, R>
  }
>()("@vodstation-etl/extract/DayReader") {
  static readonly layer = (options: DayReaderOptions) => Layer.effect(DayReader, makeDayReader(options))
}

/** Rows that one walk may hold at once; a slice with more is cut before it is walked. */
const rowLimit = 25_000

/** Walks that may hold their rows at the same time, over all days in flight. */
const walksAtOnce = 2

/** How far the reading of a day that has not ended stays behind the gateway's clock. */
const lag = Duration.minutes(5)

const makeDayReader = Effect.fnUntraced(function* (options: DayReaderOptions) {
  const gateway = yield* Gateway
  const pageSize = new PageSize(options.pageSize)
  const walks = yield* Semaphore.make(walksAtOnce)

  const read = Effect.fn("DayReader.read")(function* <E, R>(
    day: WorkDay,
    take: TakeSlice<E, R>,
  ): Effect.fn.Return<Reading, GatewayError | SliceUnproven | E, R> {
    yield* Effect.annotateCurrentSpan({ day: day.date })
    const tally = new ReadingTally()
    const oneAtATime = yield* Semaphore.make(1)
    const now = yield* gateway.now
    const window = { from: day.start, before: Math.min(day.end, now - Duration.toMillis(lag)) }

    const readCell = (cell: Slice) => {
      const askPage = (slice: Slice, pageNo: number): Effect.Effect<ReadPage | undefined, GatewayError | E> =>
        askStatusPage(gateway, pageSize, slice, pageNo).pipe(
          Effect.map((answer) => {
            if (answer === undefined) return undefined
            tally.asked(answer)
            return normalisePage(answer, cell)
          }),
        )
      const emit = (proven: ProvenSlice) =>
        Effect.suspend(() => take(...tally.proven(proven))).pipe(oneAtATime.withPermits(1))
      return readSlice(
        {
          workDate: day.date,
          askPage,
          pageSize: () => pageSize.full,
          learnPageSize: (served) => pageSize.learn(served),
          emit,
          holdingRows: walks.withPermits(1),
          concurrency: options.concurrency,
          walksAtOnce,
          rowLimit,
        },
        { from: cell.from, before: Math.min(cell.before, window.before) },
      )
    }
    const cells = cutIntoCells(
      { from: day.start, before: day.end },
      options.resolution ?? day.end - day.start,
    )
    const totals = yield* Effect.forEach(
      cells.filter((cell) => cell.from < window.before),
      readCell,
      { concurrency: options.concurrency },
    )
    return tally.reading(day, {
      apiTotal: totals.reduce((a, b) => a + b, 0),
      now,
      begun: window.before > window.from,
      settle: Duration.toMillis(options.settle),
    })
  })
  return DayReader.of({ read })
})

/** Asks for a page; undefined where the gateway refuses a page after the first, as it may past its end (API facts, section 8). */
const askStatusPage = (
  gateway: Gateway["Service"],
  pageSize: PageSize,
  slice: Slice,
  pageNo: number,
): Effect.Effect<StatusPage | undefined, GatewayError> => {
  const pageSizeNo = pageSize.asked
  return gateway.statusPage({ pageNo, pageSizeNo, from: slice.from, to: slice.before - 1 }).pipe(
    Effect.tap(() => Effect.sync(() => pageSize.accept())),
    Effect.catchTag("BadRequest", (refusal): Effect.Effect<StatusPage | undefined, GatewayError> => {
      if (pageNo > 1) return Effect.undefined
      return pageSize.refuse(pageSizeNo)
        ? askStatusPage(gateway, pageSize, slice, pageNo)
        : Effect.fail(refusal)
    }),
  )
}

const normalisePage = ({ answer }: StatusPage, cell: Slice): ReadPage => {
  const rows: Array<Encoding> = []
  const rejectedRows: Array<Reject> = []
  answer.rows.forEach((row, index) => {
    const normalised = normalise(row, () => answer.rowText(index), cell)
    if (isReject(normalised)) rejectedRows.push(normalised)
    else rows.push(normalised)
  })
  return readPage(answer.total, rows, rejectedRows)
}

/** What a reading amounts to, counted while it goes on. */
class ReadingTally {
  private readonly digest = new SnapshotDigest()
  private proof: Proof = "single-page"
  private strong = true
  private rowCount = 0
  private openRows = 0
  private rejectedRows = 0
  private requests = 0
  private pages = 0
  private readAt: number | undefined

  asked(page: StatusPage): void {
    this.pages++
    this.requests += page.attempts
    this.readAt = Math.min(this.readAt ?? page.at, page.at)
  }

  proven({ proof, pages }: ProvenSlice): [Array<Encoding>, ReadonlyArray<Reject>] {
    const rows = pages.flatMap((page) => page.rows)
    const rejects = pages.flatMap((page) => page.rejectedRows)
    const open = rows.filter((row) => !isTerminal(row)).length
    this.proof = weakerProof(this.proof, proof)
    this.strong &&= proof === "single-page" || (proof === "pigeonhole" && open === 0)
    this.rowCount += rows.length
    this.openRows += open
    this.rejectedRows += rejects.length
    for (const row of rows) this.digest.addRow(row)
    for (const reject of rejects) this.digest.addReject(reject)
    return [rows, rejects]
  }

  reading(
    day: WorkDay,
    seen: {
      readonly apiTotal: number
      readonly now: number
      readonly begun: boolean
      readonly settle: number
    },
  ): Reading {
    const readAt = this.readAt ?? seen.now
    return {
      workDate: day.date,
      readAt,
      proof: this.proof,
      strong: this.strong && seen.begun,
      settled: readAt >= day.end + seen.settle,
      apiTotal: seen.apiTotal,
      rowCount: this.rowCount,
      openRows: this.openRows,
      rejectedRows: this.rejectedRows,
      requests: this.requests,
      pages: this.pages,
      digest: this.digest.toString(),
    }
  }
}
