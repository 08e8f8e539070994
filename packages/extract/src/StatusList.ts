/**
 * The gateway's list of encodings as the reader asks for it: by slices of request time, in milliseconds and half-open.
 * How a slice is told to this gateway, and how large a page it serves, is known here and nowhere else.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { StatusPage } from "./Gateway.ts"
import { Gateway } from "./Gateway.ts"
import type { GatewayError } from "./GatewayError.ts"
import { PageSize, smallestPage } from "./PageSize.ts"
import type { Slice } from "./Slice.ts"
import type { WindowFacts } from "./WindowFacts.ts"
import { sameWindows, turned, usualWindow, windowOf } from "./WindowFacts.ts"

export interface StatusListOptions {
  /** The page size to ask for. What the gateway really serves is learned from its answers. */
  readonly pageSize: number
}

/** What a page past the end of a list holds, as far as it was seen: undocumented (API facts, section 8). */
export type PastTheEnd = "empty" | "repeated" | "refused"

/** So short a window is refused by no gateway for its length, ms. */
const shortWindow = 60_000

/** A time of which no gateway holds rows. */
const longAgo: Slice = { from: 0, before: 1_000 }

export class StatusList extends Context.Service<
  StatusList,
  {
    /** Page `pageNo`, from 1, of the slice; undefined where the gateway refuses a page after the first, as it may past its end (API facts, section 8). */
    readonly page: (slice: Slice, pageNo: number) => Effect.Effect<StatusPage | undefined, GatewayError>
    /** How many rows the gateway says that the slice holds. One request; one more while it is not known in which order it wants From and To. */
    readonly total: (slice: Slice) => Effect.Effect<number, GatewayError>
    /** As `total`, but for a window told in another way than is believed right. A window that the gateway refuses holds nothing. */
    readonly totalAs: (slice: Slice, facts: WindowFacts) => Effect.Effect<number, GatewayError>
    /** Whether windows told so leave out what lies outside of them. One request. */
    readonly areWindows: (facts: WindowFacts) => Effect.Effect<boolean, GatewayError>
    /** How windows are told now. */
    readonly windows: () => WindowFacts
    readonly learnWindows: (facts: WindowFacts) => void
    /** The size of a full page, as far as it is known by now. */
    readonly pageSize: () => number
    /** Whether a first page of so many rows, all that its total tells of, may be a full one, so that there may be more. */
    readonly mayBeFull: (rows: number) => boolean
    /** Whether a total may be one that this gateway never goes beyond: no larger one was ever told. */
    readonly mayBeCutTotal: (total: number) => boolean
    /** Tells that there are so many rows and no more where the total says so. */
    readonly learnTotal: (total: number) => void
    /** Tells the size of a full page once a page was cut short by the gateway's cap. */
    readonly learnPageSize: (served: number) => void
    /** The size of a page that was cut short by the gateway's cap, if one was. */
    readonly servedPageSize: () => number | undefined
    readonly pastTheEnd: () => PastTheEnd | undefined
    readonly learnPastTheEnd: (seen: PastTheEnd) => void
  }
>()("@vodstation-etl/extract/StatusList") {
  static readonly layer = (options: StatusListOptions): Layer.Layer<StatusList, never, Gateway> =>
    Layer.effect(StatusList, makeStatusList(options))
}

const makeStatusList = Effect.fnUntraced(function* (options: StatusListOptions) {
  const gateway = yield* Gateway
  const pageSize = new PageSize(options.pageSize)
  let windows = usualWindow
  /** The usual order was answered, if with no rows yet: what is refused is refused for something else. */
  let usualIsAnswered = false
  let pastTheEnd: PastTheEnd | undefined

  const ask = (slice: Slice, facts: WindowFacts, pageNo: number, pageSizeNo: number) =>
    Effect.tap(gateway.statusPage({ pageNo, pageSizeNo, ...windowOf(slice, facts) }), ({ answer }) =>
      Effect.sync(() => pageSize.told(answer.total)),
    )

  /** The total of the slice told so, for which the smallest page is enough; undefined where the gateway refuses to answer for it. */
  const totalIfAnswered = (slice: Slice, facts: WindowFacts) =>
    ask(slice, facts, 1, smallestPage).pipe(
      Effect.map(({ answer }): number | undefined => answer.total),
      // At an address without this API nothing is answered, whatever it is asked for.
      Effect.catchTag("BadRequest", (error) =>
        error.status === 404 ? Effect.fail(error) : Effect.undefined,
      ),
    )

  const totalAs: StatusList["Service"]["totalAs"] = (slice, facts) =>
    Effect.map(totalIfAnswered(slice, facts), (total) => total ?? 0)

  const areWindows: StatusList["Service"]["areWindows"] = (facts) =>
    Effect.map(totalAs(longAgo, facts), (total) => total === 0)

  const isAnswered = (slice: Slice, facts: WindowFacts) =>
    Effect.map(totalIfAnswered(slice, facts), (total) => total !== undefined)

  /**
   * What an answer tells of the order of From and To while it is not known: rows say that the usual one is understood. A
   * window without any is asked in the other order, which counts if it has rows and does not have them always.
   */
  const isInOrder = Effect.fnUntraced(function* (
    slice: Slice,
    asked: WindowFacts,
    total: number,
  ): Effect.fn.Return<boolean, GatewayError> {
    if (windows !== asked) return sameWindows(windows, asked)
    if (asked.order !== undefined) return true
    if (total > 0) {
      windows = { ...asked, order: "from-first" }
      return true
    }
    const other = turned(asked)
    if ((yield* totalAs(slice, other)) === 0 || !(yield* areWindows(other))) return true
    windows = other
    return false
  })

  /** Whether a refused request was refused for the order of From and To, and the other one is right. */
  const isRefusedForOrder = Effect.fnUntraced(function* (
    slice: Slice,
    asked: WindowFacts,
  ): Effect.fn.Return<boolean, GatewayError> {
    if (windows !== asked) return !sameWindows(windows, asked)
    if (asked.order !== undefined || usualIsAnswered) return false
    usualIsAnswered = yield* isAnswered(slice, asked)
    if (usualIsAnswered) return false
    const other = turned(asked)
    // A window may be refused for its length as well, and the reversed one be answered, with nothing: so a short one is asked.
    const short: Slice = { from: slice.from, before: Math.min(slice.before, slice.from + shortWindow) }
    if (yield* isAnswered(short, asked)) return false
    if (!(yield* isAnswered(short, other)) || !(yield* areWindows(other))) return false
    windows = other
    return true
  })

  const page = (
    slice: Slice,
    pageNo: number,
    ofSize: "asked" | "smallest",
  ): Effect.Effect<StatusPage | undefined, GatewayError> =>
    Effect.suspend(() => {
      const facts = windows
      const pageSizeNo = ofSize === "asked" ? pageSize.asked : smallestPage
      return ask(slice, facts, pageNo, pageSizeNo).pipe(
        Effect.flatMap((answered) => {
          if (ofSize === "asked") pageSize.accept()
          return Effect.flatMap(isInOrder(slice, facts, answered.answer.total), (fits) =>
            fits ? Effect.succeed(answered) : page(slice, pageNo, ofSize),
          )
        }),
        Effect.catchTag("BadRequest", (refusal) =>
          Effect.gen(function* () {
            if (pageNo > 1) return undefined
            const mayBeAsked =
              (yield* isRefusedForOrder(slice, facts)) || (ofSize === "asked" && pageSize.refuse(pageSizeNo))
            return mayBeAsked ? yield* page(slice, pageNo, ofSize) : yield* refusal
          }),
        ),
      )
    })

  return StatusList.of({
    page: (slice, pageNo) => page(slice, pageNo, "asked"),
    total: (slice) => Effect.map(page(slice, 1, "smallest"), (answered) => answered?.answer.total ?? 0),
    totalAs,
    areWindows,
    windows: () => windows,
    learnWindows: (facts) => {
      if (!sameWindows(windows, facts) || windows.order !== facts.order) windows = facts
    },
    pageSize: () => pageSize.full,
    mayBeFull: (rows) => pageSize.mayBeFull(rows),
    mayBeCutTotal: (total) => pageSize.mayBeCutTotal(total),
    learnTotal: (total) => pageSize.proved(total),
    learnPageSize: (served) => pageSize.learn(served),
    servedPageSize: () => pageSize.served,
    pastTheEnd: () => pastTheEnd,
    learnPastTheEnd: (seen) => {
      pastTheEnd = seen
    },
  })
})
