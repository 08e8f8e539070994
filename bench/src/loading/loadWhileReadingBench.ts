/**
 * `pnpm bench load-while-reading`: what the whole way takes, from the gateway into Postgres, against the longer of reading
 * alone and loading alone. Reading mostly waits and loading mostly works, so that together they need hardly take longer.
 */
import { availableParallelism } from "node:os"
import { join } from "node:path"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { tableOf } from "@vodstation-etl/runner/tableOf"
import type { Measured } from "../processes/measureProgram.ts"
import { measureProgram } from "../processes/measureProgram.ts"
import { keysOf, startSimulatorProcess } from "../processes/simulatorProcess.ts"
import { ratiosOf, spreadOf, spreadText } from "../Spread.ts"
import { machine } from "../machine.ts"
import { pipelineTable } from "./pipelineTable.ts"
import { temporaryFolder } from "../temporaryFolder.ts"

const modes = ["read", "load", "both"] as const
type Mode = (typeof modes)[number]
type Round = Readonly<Record<Mode, Measured>>

const firstDay = "2026-06-01"
const usualDay = 12_500
const latencyMs = 20
/** Reading large pages is work, and reading small ones is mostly waiting. */
const usualPageSizes = [1_000, 300, 200, 100]

export const loadWhileReadingBench = Effect.fn("loadWhileReadingBench")(function* (options: {
  readonly rows: number
  readonly repetitions: number
  /** Each measured by itself; none for the usual ones. */
  readonly pageSizes: ReadonlyArray<number>
}) {
  const perDay = Math.min(usualDay, Math.ceil(options.rows / 4))
  const rowsPerDay = Array<number>(Math.ceil(options.rows / perDay)).fill(perDay)
  const served = { firstDay, rowsPerDay, stuckShare: 0, twinShare: 0 }
  const far = yield* startSimulatorProcess({ ...served, latencyMs })
  const near = yield* startSimulatorProcess({ ...served, latencyMs: 0 })
  const home = yield* temporaryFolder
  const { url } = yield* useEmbeddedPostgres(home)

  let schemas = 0
  const measure = Effect.fnUntraced(function* (mode: Mode, pageSize: number) {
    const schema = `bench_${++schemas}`
    // Loading alone asks for the totals at the borders of days only, which is to cost it nothing.
    const simulator = mode === "load" ? near : far
    const measured = yield* measureProgram({
      path: join(import.meta.dirname, "loadRange.ts"),
      args: [mode, simulator.baseUrl, schema, firstDay, rowsPerDay.length, pageSize],
      env: { ...keysOf(simulator), DATABASE_URL: Redacted.value(url) },
    })
    // The next one is not to pay for what this one left behind.
    yield* Effect.flatMap(PostgresDatabase, (database) =>
      database.withConnection((connection) =>
        Effect.andThen(
          connection.execute(`DROP SCHEMA IF EXISTS ${schema} CASCADE`),
          connection.execute("CHECKPOINT"),
        ),
      ),
    ).pipe(Effect.provide(PostgresDatabase.layer({ target: url, schema })))
    return measured
  })

  const pageSizes = options.pageSizes.length === 0 ? usualPageSizes : options.pageSizes
  yield* Console.error(
    `${options.repetitions} rounds of reading alone, loading alone and both, for each of ${pageSizes.length} sizes of pages`,
  )
  yield* measure("both", pageSizes[0]!)
  const measured: Array<readonly [number, ReadonlyArray<Round>]> = []
  for (const pageSize of pageSizes) {
    const rounds: Array<Round> = []
    for (let repetition = 0; repetition < options.repetitions; repetition++) {
      const round = new Map<Mode, Measured>()
      for (let turn = 0; turn < modes.length; turn++) {
        const mode = modes[(turn + repetition) % modes.length]!
        round.set(mode, yield* measure(mode, pageSize))
      }
      rounds.push({ read: round.get("read")!, load: round.get("load")!, both: round.get("both")! })
    }
    measured.push([pageSize, rounds])
    yield* Console.error(`  pages of ${pageSize} rows done`)
  }
  yield* Console.log(report(measured))
  yield* Console.log(yield* Effect.promise(() => pipelineTable(latencyMs)))
}, Effect.scoped)

/** Of the program, the gateway and Postgres, if nothing else is at work. */
const workOf = ({ machineCpuSeconds, cpuSeconds }: Measured): number => machineCpuSeconds ?? cpuSeconds

const report = (measured: ReadonlyArray<readonly [number, ReadonlyArray<Round>]>): string => {
  const cores = availableParallelism()
  const longer = ({ read, load }: Round) => Math.max(read.seconds, load.seconds)
  const line = ([pageSize, rounds]: readonly [number, ReadonlyArray<Round>]) => {
    const median = (figure: (round: Round) => number) => spreadOf(rounds.map(figure)).median.toFixed(2)
    return [
      String(pageSize),
      ...modes.map((mode) => `${median((round) => round[mode].seconds)} s`),
      spreadText(ratiosOf(rounds.map((round) => [round.both.seconds, longer(round)]))),
      spreadText(ratiosOf(rounds.map((round) => [workOf(round.both) / cores, longer(round)]))),
    ]
  }
  const { rows } = measured[0]![1][0]!.both
  return [
    `Measured on ${machine()}: ${rows.toLocaleString("en-US")} rows, ${latencyMs} ms a request. Gateway, program and Postgres share ${cores} cores; what`,
    `all of them work, with every core full all the time, would still take the last column. Held against at most 1.25.`,
    tableOf(
      ["rows of a page", "reading alone", "loading alone", "both", "both / the longer", "least there can be"],
      measured.map(line),
    ),
  ].join("\n")
}
