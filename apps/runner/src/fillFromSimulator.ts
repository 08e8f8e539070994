/** Reads days from a simulator into the archive, as `backfill` does from the gateway: for the demo, and for pages made from it. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import { planBackfill } from "@vodstation-etl/core/Plan"
import { timeZone, workDays } from "@vodstation-etl/core/WorkDay"
import { Credentials } from "@vodstation-etl/extract/Credentials"
import { parseBaseUrl } from "@vodstation-etl/extract/baseUrl"
import { Archive } from "@vodstation-etl/load/Archive"
import type { RunningSimulator } from "@vodstation-etl/simulator/Simulator"
import type { RunEndedEarly } from "./exitCode.ts"
import { readerLayer } from "./gatewayLayer.ts"
import { logLayer } from "./logLayer.ts"
import { Progress } from "./Progress.ts"
import type { FinishedRun } from "./runPlan.ts"
import { runPlan } from "./runPlan.ts"

/**
 * @param range work days from `from` up to, not with, `to`; those that are closed are left alone. Days that are read at once learn
 *   from each other how a day is filled, so that the proofs of two runs are the same only with a concurrency of 1.
 */
export const fillFromSimulator = Effect.fn("fillFromSimulator")(function* (
  simulator: RunningSimulator,
  range: {
    readonly from: string
    readonly to: string
    readonly resolution?: string
    readonly concurrency?: number
  },
  tell: (run: FinishedRun) => Effect.Effect<void, RunEndedEarly>,
  { quiet }: { readonly quiet: boolean } = { quiet: false },
) {
  const url = yield* Effect.fromResult(parseBaseUrl(simulator.baseUrl))
  const { from, to, resolution = "1d", concurrency = 8 } = range
  const reading = {
    site: "public",
    profile: Option.none(),
    concurrency,
    pageSize: 1000,
    settle: "1h",
    resolution,
  } as const
  yield* Effect.gen(function* () {
    const archive = yield* Archive
    const zone = Option.getOrThrow(timeZone(archive.timeZone))
    const plan = planBackfill(workDays(from, to, zone), yield* archive.ledger(), { refresh: false })
    yield* runPlan("demo", plan, url, { from, to }, tell)
  }).pipe(
    Effect.provide(
      readerLayer(reading, url).pipe(
        Layer.provide(
          Layer.succeed(Credentials, {
            load: Effect.succeed({
              accessKey: Redacted.make(simulator.accessKey),
              secretKey: Redacted.make(simulator.secretKey),
              source: "the simulator",
            }),
          }),
        ),
        Layer.provideMerge(logLayer),
        Layer.provideMerge(quiet ? Progress.quietLayer : Progress.layer),
      ),
    ),
  )
})
