/** `backfill`: reads and loads every work day of a range. Checks all that it was given before it touches anything. */
import * as Effect from "effect/Effect"
import { planBackfill } from "@vodstation-etl/core/Plan"
import { baseUrl } from "@vodstation-etl/extract/baseUrl"
import { Archive } from "@vodstation-etl/load/Archive"
import { checkArchiveChoice } from "./archiveLayer.ts"
import { readingOptions } from "./gatewayLayer.ts"
import { observed } from "./observed.ts"
import { printRun } from "./printRun.ts"
import { rangeOf, usualZone } from "./rangeOf.ts"
import { readSettings } from "./Settings.ts"
import { runPlan } from "./runPlan.ts"
import type { BothChoice } from "./withGatewayAndArchive.ts"
import { withGatewayAndArchive } from "./withGatewayAndArchive.ts"

export interface BackfillFlags extends BothChoice {
  readonly from: string
  readonly to: string
  readonly refresh: boolean
  readonly json: boolean
}

export const backfill = Effect.fnUntraced(function* (flags: BackfillFlags) {
  const settings = yield* readSettings()
  yield* checkArchiveChoice(flags)
  yield* rangeOf(flags, settings.timeZone ?? usualZone)
  const url = yield* baseUrl(flags.site)

  yield* withGatewayAndArchive(
    flags,
    settings,
    url,
    "write",
    Effect.gen(function* () {
      const archive = yield* Archive
      const days = yield* rangeOf(flags, archive.timeZone)
      const plan = planBackfill(days, yield* archive.ledger(), { refresh: flags.refresh })
      if (plan.read.length === 0 && !flags.quiet)
        yield* Effect.logInfo("Every day of this range is closed: nothing to read.")
      const options = {
        from: flags.from,
        to: flags.to,
        refresh: flags.refresh,
        ...readingOptions(flags),
      }
      yield* runPlan("backfill", plan, url, options, (run) => printRun(run, flags))
    }),
  )
}, observed("backfill"))
