/**
 * `plan`: what `backfill` or `nightly` would read, and why. Asks the archive only, unless it is told to probe, and writes
 * nothing.
 */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Result from "effect/Result"
import type { Plan, PlannedDay } from "@vodstation-etl/core/Plan"
import { planBackfill } from "@vodstation-etl/core/Plan"
import { closedDaysToAsk, planNightly } from "@vodstation-etl/core/planNightly"
import { timeZone } from "@vodstation-etl/core/WorkDay"
import { baseUrl } from "@vodstation-etl/extract/baseUrl"
import { Gateway } from "@vodstation-etl/extract/Gateway"
import { Archive } from "@vodstation-etl/load/Archive"
import { archiveLayer, checkArchiveChoice } from "./archiveLayer.ts"
import { resolutionOf, settleOf } from "./gatewayLayer.ts"
import { InvalidFlag } from "./InvalidFlag.ts"
import { observed } from "./observed.ts"
import { aboutLogs } from "./logLayer.ts"
import { planInWords, planReport } from "./PlanReport.ts"
import type { PlanFacts } from "./PlanReport.ts"
import { planTonight } from "./planTonight.ts"
import { rangeOf, usualZone } from "./rangeOf.ts"
import { readSettings } from "./Settings.ts"
import { sinceOf } from "./sinceOf.ts"
import { totalOfDay } from "./totalOfDay.ts"
import type { BothChoice } from "./withGatewayAndArchive.ts"
import { withGatewayAndArchive } from "./withGatewayAndArchive.ts"
import { columnsOf, printWords } from "./printWords.ts"

export interface PlanFlags extends Omit<BothChoice, "excel"> {
  readonly from: Option.Option<string>
  readonly to: Option.Option<string>
  readonly since: Option.Option<string>
  readonly refresh: boolean
  readonly probe: boolean
  readonly json: boolean
}

export const plan = Effect.fnUntraced(function* (flags: PlanFlags) {
  const settings = yield* readSettings()
  const choice = { ...flags, excel: undefined }
  yield* checkArchiveChoice(choice)
  const asked = yield* askedPlan(flags)
  const settleMs = Duration.toMillis(yield* settleOf(flags))
  const resolution = yield* resolutionOf(flags)
  const zone = settings.timeZone ?? usualZone
  if (asked.of === "backfill") yield* rangeOf(asked, zone)
  else yield* sinceOf(asked.since, zone, yield* Clock.currentTimeMillis)

  const show = (facts: Pick<PlanFacts, "plan" | "ledger" | "now" | "toAsk" | "totals">) =>
    Effect.flatMap(Archive, ({ place, timeZone }) => {
      const how = { of: asked.of, settleMs, resolution, pageSize: flags.pageSize }
      const report = planReport({ ...facts, ...how, archive: place, timeZone })
      return flags.json
        ? Console.log(JSON.stringify(report))
        : printWords(planInWords(report, columnsOf(process.stdout)))
    })

  if (!flags.probe) {
    const known = Effect.flatMap(knownPlan(asked), (found) => show({ ...found, totals: undefined }))
    return yield* Effect.provide(known, archiveLayer(choice, settings, { access: "read" }))
  }
  const url = yield* baseUrl(flags.site)
  const probed = Effect.gen(function* () {
    const gateway = yield* Gateway
    const found = asked.of === "nightly" ? { plan: yield* planTonight(asked.since) } : yield* knownPlan(asked)
    const totals = yield* probe(found.plan.read, flags.concurrency)
    const ledger = yield* Effect.flatMap(Archive, (archive) => archive.ledger())
    yield* show({ plan: found.plan, ledger, now: yield* gateway.now, toAsk: 0, totals })
  })
  return yield* withGatewayAndArchive(choice, settings, url, "read", probed)
}, observed("plan"))

type AskedPlan =
  | { readonly of: "backfill"; readonly from: string; readonly to: string; readonly refresh: boolean }
  | { readonly of: "nightly"; readonly since: string }

/** Whose plan is asked for: with a range a backfill's, else a night's. */
const askedPlan = ({ from, to, since, refresh }: PlanFlags): Effect.Effect<AskedPlan, InvalidFlag> => {
  const refuse = (flag: string, reason: string) => Effect.fail(new InvalidFlag({ flag, reason }))
  if (Option.isSome(from)) {
    if (Option.isSome(since))
      return refuse("--since", "is nightly's, and --from is backfill's: give one of them")
    return Effect.succeed({
      of: "backfill",
      from: from.value,
      to: Option.getOrElse(to, () => "now"),
      refresh,
    })
  }
  if (Option.isSome(to)) return refuse("--to", "goes with --from")
  if (refresh) return refuse("--refresh", "goes with --from")
  return Effect.succeed({ of: "nightly", since: Option.getOrElse(since, () => "-7d") })
}

/** The plan as far as the archive alone tells it, by this machine's clock. */
const knownPlan = Effect.fnUntraced(function* (asked: AskedPlan) {
  const archive = yield* Archive
  const zone = Option.getOrThrow(timeZone(archive.timeZone))
  const now = yield* Clock.currentTimeMillis
  const ledger = yield* archive.ledger()
  if (asked.of === "backfill") {
    const plan: Plan = planBackfill(yield* rangeOf(asked, archive.timeZone), ledger, asked)
    return { plan, ledger, now, toAsk: 0 }
  }
  const since = yield* sinceOf(asked.since, archive.timeZone, now)
  const plan: Plan = planNightly({ ledger, zone, now, since, changed: new Set() })
  return { plan, ledger, now, toAsk: closedDaysToAsk(ledger, zone, now).length }
})

/** What the API says that the days hold, by date; null where it does not say. */
const probe = Effect.fn("probe")(function* (days: ReadonlyArray<PlannedDay>, concurrency: number) {
  const totals = yield* Effect.forEach(
    days,
    Effect.fnUntraced(function* ({ day }) {
      const told = yield* totalOfDay(day)
      if (Result.isSuccess(told)) return [day.date, told.success] as const
      yield* Effect.logWarning(`${day.date}: ${told.failure}`).pipe(aboutLogs({ day: day.date }))
      return [day.date, null] as const
    }),
    { concurrency },
  )
  return new Map(totals)
})
