/**
 * `nightly`: reads and loads every day that is not closed yet, and the closed ones that have changed since. The ledger is
 * its only memory, so that it goes on after whatever stopped the night before.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { baseUrl, hostname } from "@vodstation-etl/extract/baseUrl"
import { Archive } from "@vodstation-etl/load/Archive"
import { checkArchiveChoice } from "./archiveLayer.ts"
import { readingOptions } from "./gatewayLayer.ts"
import { observed } from "./observed.ts"
import { planTonight } from "./planTonight.ts"
import { printRun } from "./printRun.ts"
import { usualZone } from "./rangeOf.ts"
import { runPlan } from "./runPlan.ts"
import { readSettings } from "./Settings.ts"
import { sinceOf } from "./sinceOf.ts"
import type { BothChoice } from "./withGatewayAndArchive.ts"
import { withGatewayAndArchive } from "./withGatewayAndArchive.ts"

export interface NightlyFlags extends BothChoice {
  readonly since: string
  readonly json: boolean
}

export const nightly = Effect.fnUntraced(function* (flags: NightlyFlags) {
  const settings = yield* readSettings()
  yield* checkArchiveChoice(flags)
  yield* sinceOf(flags.since, settings.timeZone ?? usualZone, yield* Clock.currentTimeMillis)
  const url = yield* baseUrl(flags.site)
  yield* withGatewayAndArchive(
    flags,
    settings,
    url,
    "write",
    Effect.gen(function* () {
      const archive = yield* Archive
      const plan = yield* planTonight(flags.since)
      const changed = plan.read.filter(({ reason }) => reason === "changed").map(({ day }) => day.date)
      if (changed.length > 0) {
        yield* archive.prepare(hostname(url))
        yield* archive.reopen(changed)
      }
      const options = { since: flags.since, ...readingOptions(flags) }
      yield* runPlan("nightly", plan, url, options, (run) => printRun(run, flags))
    }),
  )
}, observed("nightly"))
