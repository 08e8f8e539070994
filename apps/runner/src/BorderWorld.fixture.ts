/** Worlds with rows where it hurts, around the borders of days, before gateways of every kind that the documentation leaves open. */
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Logger } from "effect"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { workDays } from "@vodstation-etl/core/WorkDay"
import type { RunningSimulator } from "@vodstation-etl/simulator/Simulator"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import type { GatewayKind } from "@vodstation-etl/simulator/gatewayKinds.fixture"
import { aroundBorder, dayShift } from "@vodstation-etl/simulator/gatewayKinds.fixture"
import { runDays, scratchFolder, seoul } from "./DayRun.fixture.ts"
import { readCsvColumns } from "./readCsvColumns.fixture.ts"
import { lineOf, truthOf } from "./worldTruth.fixture.ts"

export const days = workDays("2026-08-02", "2026-08-05", seoul)
export const allDays = workDays("2026-08-01", "2026-08-06", seoul)

export const withWorld = <A, E>(
  behaviour: Partial<SimulatorOptions>,
  rowTimes: ReadonlyArray<number>,
  use: (simulator: RunningSimulator, folder: string) => Effect.Effect<A, E>,
): Promise<A> =>
  Effect.gen(function* () {
    const simulator = yield* startSimulator({
      firstDay: allDays[0]!.date,
      days: allDays.length,
      rowsPerDay: 0,
      ...behaviour,
    })
    for (const day of allDays) {
      for (const time of [...rowTimes, 40_000_000]) {
        simulator.world.rows.add({ requestTimeMs: day.start + time, outcome: "COMPLETE" })
      }
    }
    return yield* use(simulator, yield* scratchFolder)
  }).pipe(Effect.scoped, Effect.provide(Logger.layer([])), Effect.timeout("30 seconds"), Effect.runPromise)

/** Lines of the rows that the archive holds of each day. */
export const linesIn = (folder: string): Readonly<Record<string, ReadonlyArray<string>>> =>
  Object.fromEntries(
    readdirSync(join(folder, "encoding")).map((file) => [
      file.slice(0, 10),
      readCsvColumns(readFileSync(join(folder, "encoding", file), "utf8"))
        .map(lineOf)
        .toSorted(),
    ]),
  )

export const truth = (simulator: RunningSimulator, of: ReadonlyArray<WorkDay>, shift = 0) =>
  Object.fromEntries(
    of.map((day) => [day.date, truthOf(simulator.world, day.start + shift, day.end + shift).lines]),
  )

/** Backfills the days from a gateway of this kind: how the run ended, what the archive holds, and what it ought to. */
export const readKind = (kind: GatewayKind) =>
  withWorld(
    kind,
    aroundBorder,
    Effect.fnUntraced(function* (simulator, folder) {
      const { report, ledger } = yield* runDays(simulator, folder, days)
      return {
        read: { problems: report.problems, states: ledger.map((day) => day.state), lines: linesIn(folder) },
        right: {
          problems: [],
          states: days.map(() => "closed"),
          lines: truth(simulator, days, dayShift(kind)),
        },
      }
    }),
  )
