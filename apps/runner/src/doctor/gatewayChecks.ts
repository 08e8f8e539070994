/** The gateway: whether it answers, what its clock says, whether it takes our signature, and how it understands what is asked. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import type { BaseUrl } from "@vodstation-etl/extract/baseUrl"
import { listLag } from "@vodstation-etl/extract/DayReader"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { describeSkew } from "@vodstation-etl/extract/GatewayError"
import type { MetGateway } from "@vodstation-etl/extract/meetGateway"
import { meetGateway } from "@vodstation-etl/extract/meetGateway"
import type { Proxy } from "@vodstation-etl/extract/Proxy"
import type { Slice } from "@vodstation-etl/extract/Slice"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import type { Check, Fault } from "./Check.ts"
import { failed, ok, skipped, warning, within } from "./Check.ts"
import { pageSizeCheck } from "./pageSizeCheck.ts"
import { windowsCheck } from "./windowsCheck.ts"

export interface GatewayQuestion {
  readonly url: BaseUrl
  readonly proxy: Proxy | undefined
  readonly hasCredentials: boolean
  readonly pageSize: number
  readonly rate: number | undefined
  /** What the archive remembers of this gateway; empty where there is none. */
  readonly facts: Effect.Effect<Readonly<Record<string, string>>>
}

/** Beyond it nobody answers any more. */
const patience = 10_000

export interface GatewayFindings {
  readonly checks: ReadonlyArray<Check>
  readonly requests: number
}

/** Some 30 requests, a few more where windows have to be calibrated; one where there are no credentials or no gateway. */
export const gatewayChecks = Effect.fn("gatewayChecks")(function* (
  question: GatewayQuestion,
): Effect.fn.Return<GatewayFindings, never, Gateway | StatusList> {
  const { url, proxy, hasCredentials } = question
  const met = yield* Effect.result(meetGateway(url, proxy, patience))
  if (Result.isFailure(met)) {
    return { checks: [failed("reach", met.failure), notAsked("it does not answer")], requests: 1 }
  }
  const way = proxy === undefined ? "" : ` through ${proxy.host}`
  const checks: Array<Check> = [
    ok("reach", `${url.host} answers${way}, in ${met.success.tookMs} ms`),
    clockCheck(met.success),
  ]
  if (!hasCredentials) {
    return { checks: [...checks, notAsked("there are no credentials")], requests: 1 }
  }
  const list = yield* within(askList(question, checks), {
    seconds: 60,
    what: url.host,
    cure: "It is slow now; run doctor again later.",
  })
  if (Result.isFailure(list)) checks.push(failed("list", list.failure))
  const { requests } = yield* Effect.flatMap(Gateway, ({ stats }) => stats)
  return { checks, requests: requests + 1 }
})

const notAsked = (why: string): Check =>
  skipped("list", `signature, windows, page size and rate: not looked at, since ${why}`)

const clockCheck = ({ aheadMs }: MetGateway): Check => {
  if (aheadMs === undefined) return ok("clock", "the gateway does not tell its time")
  if (aheadMs === 0) return ok("clock", "agrees with the gateway's")
  return warning(
    "clock",
    `This machine's clock is ${describeSkew(aheadMs)} the gateway's. Requests are signed with the gateway's time all the same; set the clock, by NTP for example.`,
  )
}

const day = 86_400_000

/** All that takes a signature; adds to `checks` as it goes, so that what was found is told whatever comes then. */
const askList = Effect.fnUntraced(function* (
  question: GatewayQuestion,
  checks: Array<Check>,
): Effect.fn.Return<void, Fault, Gateway | StatusList> {
  const gateway = yield* Gateway
  const began = yield* Clock.currentTimeMillis
  const before = (yield* gateway.now) - listLag
  const asked = yield* Effect.result(firstPage(before))
  if (Result.isFailure(asked)) {
    checks.push(failed(isRefusal(asked.failure) ? "signature" : "list", asked.failure))
    checks.push(skipped("list", "windows, page size and rate: not looked at, since the list was not shown"))
    return
  }
  const { page, slice } = asked.success
  // What it took to agree about the clock says nothing of the pace.
  const retriedBefore = (yield* gateway.stats).retries
  checks.push(ok("signature", "accepted"))
  checks.push(yield* windowsCheck({ slice, rows: page.answer.total, facts: yield* question.facts }))
  checks.push(pageSizeCheck(page, question.pageSize, yield* StatusList))
  const { requests, ...stats } = yield* gateway.stats
  const retries = stats.retries - retriedBefore
  const took = (yield* Clock.currentTimeMillis) - began
  const each = `${requests} requests, ${Math.round(took / Math.max(1, requests))} ms each`
  const asWished = question.rate === undefined ? "" : `, at --rate ${question.rate}`
  checks.push(
    retries === 0
      ? ok("rate", `${each}${asWished}, none refused`)
      : warning(
          "rate",
          `${each}${asWished}; ${retries} of them had to be repeated. Runs do so by themselves; where it is often, set a pace with --rate, such as --rate 2.`,
        ),
  )
})

const isRefusal = ({ _tag }: Fault) => _tag === "CredentialsRefused" || _tag === "ClockOff"

/** The last 30 days, or, where so long a window is refused, the last one. */
const firstPage = Effect.fnUntraced(function* (before: number) {
  const list = yield* StatusList
  const pageOf = (slice: Slice) =>
    Effect.flatMap(list.page(slice, 1), (page) =>
      page === undefined
        ? Effect.die(new Error("a first page is answered or fails"))
        : Effect.succeed({ slice, page }),
    )
  return yield* Effect.catchTag(pageOf({ from: before - 30 * day, before }), "BadRequest", () =>
    pageOf({ from: before - day, before }),
  )
})
