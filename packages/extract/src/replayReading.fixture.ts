/**
 * Runs the real `DayReader` over a gateway in memory that gives the answers it is told to, one after the other, and
 * observes what the reader does next. One request at a time, so that what it does follows from the answers alone.
 */
import { Duration, Effect, Exit, Layer, Option } from "effect"
import type { Encoding } from "@vodstation-etl/core/Encoding"
import type { DayReading } from "@vodstation-etl/core/Reading"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { DayReader } from "./DayReader.ts"
import { Gateway } from "./Gateway.ts"
import { BadRequest } from "./GatewayError.ts"
import type { PartsDisagree } from "./PartsDisagree.ts"
import {
  blank,
  codeOf,
  complete,
  relinked,
  rowsOf,
  running,
  type SmallRow,
  waiting,
} from "./SmallWorld.fixture.ts"
import type { SliceUnproven } from "./SliceUnproven.ts"
import { StatusList } from "./StatusList.ts"
import { usualWindow } from "./WindowFacts.ts"
import type { StatusPageRequest } from "./statusTarget.ts"

export interface SmallGateway {
  /** The most rows that it puts on a page. */
  readonly cap: number
  /** The page size that the reader is told to ask for. */
  readonly asked: number
  readonly pastTheEnd: "empty" | "repeat" | "refuse"
  /** Milliseconds that the day is wide. */
  readonly slots: 1 | 2
  /** Whether the day is read in cells of 1 ms. */
  readonly cells: boolean
  /** Whether the day has settled when the reading begins. */
  readonly settled: boolean
  /** How often the reader tries what it cannot cut; its own number by default, which few moves do not outlast. */
  readonly tries?: number
}

/** What the reader asks for: a page of the rows of [fromSlot, beforeSlot), `size` rows long. */
export interface Ask {
  readonly pageNo: number
  readonly size: number
  readonly fromSlot: number
  readonly beforeSlot: number
}

export interface SmallPage {
  readonly total: number
  /** As `shownRows` tells them. */
  readonly rows: string
}

export type SmallAnswer = SmallPage | "refused"

/** Why a day failed. */
export type UnreadDay = SliceUnproven | PartsDisagree

export interface Observed {
  /** What the reader asks for next; undefined once it has ended. */
  readonly asks: Ask | undefined
  /** The rows that it gave away by then; the slot of a row is that of its cell. */
  readonly rows: string
  /** The same slice by slice. */
  readonly slices: ReadonlyArray<string>
  /** What the reading is worth, once it has ended, or why the day failed. */
  readonly end: DayReading | UnreadDay | undefined
}

const start = Date.parse("2021-09-12T00:00:00+09:00")
const minute = 60_000

/** The row as the API sends it. Two rows of one name and state are told by nothing. */
const served = ({ name, state }: SmallRow) => {
  return {
    categoryId: 10_019,
    categoryName: "test2",
    filePath: name === blank ? "" : `/${name}.mp4`,
    outputType: "AVC_HD_1Pass_30fps",
    ...(state >= complete ? { link: `https://kr.object.ncloudstorage.com/${name}/${state}.mp4` } : {}),
    lastWorkTime: `2021-09-12T00:00:0${Math.min(state, complete)}+0900`,
    status: state === waiting ? "WAITING" : state === running ? "RUNNING" : "COMPLETE",
  }
}

const takenCode = (row: Encoding): number =>
  codeOf({
    name: row.filePath === "" ? blank : Number(row.filePath.slice(1, 2)),
    slot: row.requestedFrom - start,
    state:
      row.status === "WAITING"
        ? waiting
        : row.status === "RUNNING"
          ? running
          : row.link?.endsWith(`/${relinked}.mp4`)
            ? relinked
            : complete,
    isFresh: false,
  })

/** Reads the day up to where `answers` end. */
export const replayReading = (gateway: SmallGateway, answers: ReadonlyArray<SmallAnswer>): Observed => {
  const day: WorkDay = { date: "2021-09-12", start, end: start + gateway.slots }
  const now = day.end + (gateway.settled ? 120 : 20) * minute
  const slotAt = (moment: number) => Math.max(0, Math.min(gateway.slots, moment - start))
  let asked = 0
  let asks: Ask | undefined
  const slices: Array<string> = []
  const statusPage = (request: StatusPageRequest) =>
    Effect.suspend(() => {
      const answer = answers[asked++]
      if (answer === undefined) {
        asks = {
          pageNo: request.pageNo,
          size: Math.min(request.pageSizeNo, gateway.cap),
          fromSlot: slotAt(request.from),
          beforeSlot: slotAt(request.to + 1),
        }
        return Effect.die("the answers end here")
      }
      if (answer === "refused") return Effect.fail(noSuchPage)
      const content = rowsOf(answer.rows).map(served)
      return Effect.succeed({
        answer: {
          total: answer.total,
          rowCount: content.length,
          identities: undefined,
          parseRows: () => content,
          rowText: (index: number) => JSON.stringify(content[index]),
        },
        at: now,
        attempts: 1,
      })
    })
  // Most of the time would go into the stack traces of errors that are only signs here.
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  const take = (taken: ReadonlyArray<Encoding>) =>
    Effect.sync(() => {
      slices.push(taken.map((row) => String.fromCharCode(takenCode(row))).join(""))
    })
  const exit = Effect.gen(function* () {
    // As in an archive that holds rows: how windows are told is known.
    const list = yield* StatusList
    list.learnWindows({ ...usualWindow, order: "from-first" })
    return yield* (yield* DayReader).read(day, { take })
  }).pipe(
    Effect.provide(
      DayReader.layer({
        resolution: gateway.cells ? 1 : undefined,
        settle: Duration.hours(1),
        concurrency: 1,
        tries: gateway.tries,
      }).pipe(
        Layer.provideMerge(StatusList.layer({ pageSize: gateway.asked })),
        Layer.provide(
          Layer.succeed(Gateway, {
            statusPage,
            statistic: () => Effect.die("no statistics are needed to read a day"),
            now: Effect.succeed(now),
            stats: Effect.succeed({ requests: 0, retries: 0 }),
          }),
        ),
      ),
    ),
    Effect.runSyncExit,
  )
  Error.stackTraceLimit = stackTraceLimit
  const rows = slices.join("")
  if (asks !== undefined) return { asks, rows, slices, end: undefined }
  if (Exit.isSuccess(exit)) return { asks, rows, slices, end: exit.value }
  const failure = Option.getOrUndefined(Exit.findErrorOption(exit))
  if (failure?._tag !== "SliceUnproven" && failure?._tag !== "PartsDisagree")
    throw new Error(String(exit.cause))
  // A day that fails leaves no trace of the rows that it gave away.
  return { asks, rows: "", slices: [], end: failure }
}

const noSuchPage = new BadRequest({
  status: 400,
  code: "260002",
  said: "input value error",
  traceId: null,
  target: "",
})
