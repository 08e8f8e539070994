/** `backfill`: reads and loads every work day of a range. Checks all that it was given before it touches anything. */
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { planBackfill } from "@vodstation-etl/core/Plan"
import type { InvalidBound } from "@vodstation-etl/core/parseBound"
import { parseBound } from "@vodstation-etl/core/parseBound"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { timeZone, workDays } from "@vodstation-etl/core/WorkDay"
import { baseUrl, hostname } from "@vodstation-etl/extract/baseUrl"
import { Credentials } from "@vodstation-etl/extract/Credentials"
import { Archive } from "@vodstation-etl/load/Archive"
import { InvalidFlag } from "./InvalidFlag.ts"
import { Progress } from "./Progress.ts"
import type { ArchiveChoice } from "./archiveLayer.ts"
import { archiveLayer, checkArchiveChoice } from "./archiveLayer.ts"
import type { ReadingChoice } from "./gatewayLayer.ts"
import { credentialsLayer, readerLayer } from "./gatewayLayer.ts"
import { logLayer } from "./logLayer.ts"
import { printRun } from "./printRun.ts"
import { readSettings } from "./Settings.ts"
import { runPlan } from "./runPlan.ts"

export interface BackfillFlags extends ArchiveChoice, ReadingChoice {
  readonly from: string
  readonly to: string
  readonly refresh: boolean
  readonly json: boolean
  readonly logFormat: "pretty" | "json"
}

/** The zone that bounds are read in before the archive, which has the last word, is opened. */
const usualZone = "Asia/Seoul"

export const backfill = Effect.fn("backfill")(function* (flags: BackfillFlags) {
  const settings = yield* readSettings()
  yield* checkArchiveChoice(flags)
  yield* rangeOf(flags, settings.timeZone ?? usualZone)
  const url = yield* baseUrl(flags.site)
  const reading = readerLayer(flags, url).pipe(Layer.provideMerge(credentialsLayer(flags)))

  yield* Effect.gen(function* () {
    const credentials = yield* Credentials
    yield* credentials.load
    yield* Effect.gen(function* () {
      const archive = yield* Archive
      const days = yield* rangeOf(flags, archive.timeZone)
      const ledger = yield* archive.ledger()
      const plan = planBackfill(days, ledger, { refresh: flags.refresh })
      if (plan.read.length === 0) yield* Console.error("Every day of this range is closed: nothing to read.")
      const options = {
        from: flags.from,
        to: flags.to,
        refresh: flags.refresh,
        resolution: flags.resolution,
        pageSize: flags.pageSize,
        concurrency: flags.concurrency,
      }
      yield* runPlan("backfill", plan, url, options, (run) => printRun(run, flags.json))
    }).pipe(Effect.provide(archiveLayer(flags, settings, { access: "write", host: hostname(url) })))
  }).pipe(
    Effect.provide(
      reading.pipe(Layer.provideMerge(logLayer(flags.logFormat)), Layer.provideMerge(Progress.layer)),
    ),
  )
})

/** The work days of [from, to). Days that have not begun are left out: there is nothing to ask yet. */
const rangeOf = Effect.fnUntraced(function* (
  flags: { readonly from: string; readonly to: string },
  zoneName: string,
): Effect.fn.Return<ReadonlyArray<WorkDay>, InvalidFlag | InvalidBound> {
  const zone = Option.getOrThrow(timeZone(zoneName))
  const now = yield* Clock.currentTimeMillis
  const from = yield* Effect.fromResult(parseBound("--from", flags.from, zone, now))
  const to = yield* Effect.fromResult(parseBound("--to", flags.to, zone, now))
  if (from >= to) {
    return yield* new InvalidFlag({
      flag: "--from",
      reason: `${from} is not before --to ${to}: the range holds no day (--to is the day after the last one)`,
    })
  }
  const days = workDays(from, to, zone).filter((day) => day.start < now)
  if (days.length === 0) {
    return yield* new InvalidFlag({ flag: "--from", reason: `${from} lies in the future` })
  }
  return days
})
