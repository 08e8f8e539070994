/**
 * `demo`: the main job from end to end, without credentials: a simulated gateway, an embedded Postgres of its own, a
 * backfill into it and into CSV files, and a few answers in SQL.
 */
import * as path from "node:path"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
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
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { ArchiveChoice } from "./archiveLayer.ts"
import { archiveLayer, postgresLayer } from "./archiveLayer.ts"
import { demoAnswers } from "./demoAnswers.ts"
import { demoHome } from "./demoHome.ts"
import type { DemoWorld } from "./demoWorld.ts"
import { demoWorld } from "./demoWorld.ts"
import { readerLayer } from "./gatewayLayer.ts"
import { logLayer } from "./logLayer.ts"
import { printRun } from "./printRun.ts"
import { Progress } from "./Progress.ts"
import type { Settings } from "./Settings.ts"
import { readSettings } from "./Settings.ts"
import { runPlan } from "./runPlan.ts"

export const demo = Effect.fn("demo")(function* () {
  const home = demoHome((yield* readSettings()).home)
  const settings: Settings = { database: { _tag: "Embedded" }, schema: "demo", timeZone: undefined, home }
  const csvFolder = path.join(home, "csv")
  const world = demoWorld(yield* Clock.currentTimeMillis)
  const simulator = yield* startSimulator(world.simulator)
  const use = { access: "write", host: new URL(simulator.baseUrl).hostname } as const

  yield* say(
    `A simulated gateway of a video business, ${world.from} to ${world.to}, on ${simulator.baseUrl}: loose types, some faults, a slow day.`,
  )
  yield* say("\nInto Postgres:")
  yield* fill(world, simulator).pipe(
    Effect.andThen(demoAnswers()),
    Effect.flatMap(Console.log),
    Effect.provide(postgresLayer(settings, use)),
  )
  yield* say(`\nInto CSV files, ${csvFolder}:`)
  const csv: ArchiveChoice = { archive: "csv", out: Option.some(csvFolder), excel: undefined }
  yield* fill(world, simulator).pipe(Effect.provide(archiveLayer(csv, settings, use)))

  yield* say(
    [
      "",
      "To ask more of it, start its server in one terminal:   pnpm vodstation-etl db --demo",
      'and in another one, with the URL that it prints:        psql "$URL" -c "SET search_path = demo" -c "TABLE extraction_day"',
      "Run the demo again to see that closed days are skipped and nothing changes.",
    ].join("\n"),
  )
}, Effect.scoped)

const say = (text: string) => Console.log(text)

const fill = Effect.fnUntraced(function* (world: DemoWorld, simulator: RunningSimulator) {
  const url = yield* Effect.fromResult(parseBaseUrl(simulator.baseUrl))
  const reading = {
    site: "public",
    profile: Option.none(),
    concurrency: 8,
    pageSize: 1000,
    resolution: "1d",
  } as const
  yield* Effect.gen(function* () {
    const archive = yield* Archive
    const zone = Option.getOrThrow(timeZone(archive.timeZone))
    const plan = planBackfill(workDays(world.from, world.to, zone), yield* archive.ledger(), {
      refresh: false,
    })
    const options = { from: world.from, to: world.to }
    yield* runPlan("demo", plan, url, options, (run) => printRun(run, false))
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
        Layer.provideMerge(logLayer("pretty")),
        Layer.provideMerge(Progress.layer),
      ),
    ),
  )
})
