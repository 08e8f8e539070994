/** The plan of a nightly run, and what the gateway is asked for it. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { closedDaysToAsk, planNightly } from "@vodstation-etl/core/planNightly"
import { dateOf, timeZone, workDay } from "@vodstation-etl/core/WorkDay"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { sliceOf } from "@vodstation-etl/extract/Slice"
import { StatusList } from "@vodstation-etl/extract/StatusList"
import { Archive } from "@vodstation-etl/load/Archive"
import { changedDays } from "./changedDays.ts"
import { refuseLostLedger } from "./refuseLostLedger.ts"
import { sinceOf } from "./sinceOf.ts"

/** What a nightly run reads, by the gateway's clock, with the closed days whose totals the gateway says have changed. Writes nothing. */
export const planTonight = Effect.fn("planTonight")(function* (since: string) {
  const archive = yield* Archive
  const gateway = yield* Gateway
  const list = yield* StatusList
  const zone = Option.getOrThrow(timeZone(archive.timeZone))
  const ledger = yield* archive.ledger()
  yield* refuseLostLedger(ledger)
  // The first answer shows whether we are let in, and what time it is.
  yield* list.total(sliceOf(workDay(dateOf(yield* gateway.now, zone), zone)))
  const now = yield* gateway.now
  const changed = yield* changedDays(closedDaysToAsk(ledger, zone, now))
  return planNightly({
    ledger,
    zone,
    now,
    since: yield* sinceOf(since, archive.timeZone, now),
    changed: new Set(changed),
  })
})
