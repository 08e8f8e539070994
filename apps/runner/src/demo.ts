/**
 * `demo`: the main job from end to end, without credentials: a simulated gateway, an embedded Postgres of its own, a
 * backfill into it and into CSV files, a few answers in SQL, and a report to look at.
 */
import * as path from "node:path"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { postgresArchiveQueryLayer } from "@vodstation-etl/load/postgres/PostgresArchiveQuery"
import type { RunningSimulator } from "@vodstation-etl/simulator/Simulator"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { ArchiveChoice } from "./archiveLayer.ts"
import { archiveLayer, postgresLayer } from "./archiveLayer.ts"
import { demoAnswers } from "./demoAnswers.ts"
import { demoHome } from "./demoHome.ts"
import type { DemoWorld } from "./demoWorld.ts"
import { demoWorld } from "./demoWorld.ts"
import { fillFromSimulator } from "./fillFromSimulator.ts"
import { printRun } from "./printRun.ts"
import { printWords } from "./printWords.ts"
import { writeReport } from "./report.ts"
import type { Settings } from "./Settings.ts"
import { readSettings } from "./Settings.ts"
import { withTilde } from "./withTilde.ts"

export const demo = Effect.fn("demo")(function* (flags: { readonly quiet: boolean }) {
  const say = (text: string) => (flags.quiet ? Effect.void : printWords(text))
  const fill = (world: DemoWorld, simulator: RunningSimulator) =>
    fillFromSimulator(simulator, world, (run) => printRun(run, { json: false, ...flags }), flags)

  const own = yield* readSettings()
  const home = demoHome(own.home)
  const settings: Settings = {
    ...own,
    ...{ database: { _tag: "Embedded" }, schema: "demo", timeZone: undefined, home },
  }
  const csvFolder = path.join(home, "csv")
  const page = path.join(home, "report.html")
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
    Effect.andThen(
      writeReport({ out: page, from: undefined, to: undefined, lang: "en", ...flags }).pipe(
        Effect.provide(postgresArchiveQueryLayer()),
      ),
    ),
    Effect.provide(postgresLayer(settings, use)),
  )
  yield* say(`\nInto CSV files, ${withTilde(csvFolder)}:`)
  const csv: ArchiveChoice = { archive: "csv", out: Option.some(csvFolder), excel: undefined }
  yield* fill(world, simulator).pipe(Effect.provide(archiveLayer(csv, settings, use)))

  yield* say(
    [
      "",
      `Its report, a page to open in a browser: ${withTilde(page)}`,
      "The same with the rows of its days and the timelines of its encodings:",
      `  ${calledAs} serve --archive csv --archive-dir ${withTilde(csvFolder)}`,
      "",
      "To ask more of it, start its server in one terminal, which prints a URL:",
      `  ${calledAs} db --demo`,
      "and in another one, with that URL in place of URL:",
      '  psql URL -c "SET search_path = demo" -c "TABLE extraction_day"',
      "Run the demo again to see that closed days are skipped and nothing changes.",
    ].join("\n"),
  )
}, Effect.scoped)

/** From source the program is a script of pnpm; installed, it goes by its own name. */
const calledAs = import.meta.filename.endsWith(".ts") ? "pnpm vodstation-etl" : "vodstation-etl"
