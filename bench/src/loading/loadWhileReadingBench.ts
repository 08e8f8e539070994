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

export const loadWhileReadingBench = Effect.fn("loadWhileReadingBench")(function* (options: {
  readonly rows: number
  readonly repetitions: number
  readonly pageSize: number
}) {
  const perDay = Math.min(usualDay, Math.ceil(options.rows / 4))
  const rowsPerDay = Array<number>(Math.ceil(options.rows / perDay)).fill(perDay)
  const served = { firstDay, rowsPerDay, stuckShare: 0, twinShare: 0 }
  const far = yield* startSimulatorProcess({ ...served, latencyMs })
  const near = yield* startSimulatorProcess({ ...served, latencyMs: 0 })
  const home = yield* temporaryFolder
  const { url } = yield* useEmbeddedPostgres(home)

  let schemas = 0
  const measure = Effect.fnUntraced(function* (mode: Mode) {
    const schema = `bench_${++schemas}`
    // Loading alone asks for the totals at the borders of days only, which is to cost it nothing.
    const simulator = mode === "load" ? near : far
    const measured = yield* measureProgram({
      path: join(import.meta.dirname, "loadRange.ts"),
      args: [mode, simulator.baseUrl, schema, firstDay, rowsPerDay.length, options.pageSize],
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

  yield* Console.error(
    `${options.repetitions} rounds of reading alone, loading alone and both, after a warm-up`,
  )
  yield* measure("both")
  const rounds: Array<Round> = []
  for (let repetition = 0; repetition < options.repetitions; repetition++) {
    const round = new Map<Mode, Measured>()
    for (let turn = 0; turn < modes.length; turn++) {
      const mode = modes[(turn + repetition) % modes.length]!
      round.set(mode, yield* measure(mode))
    }
    rounds.push({ read: round.get("read")!, load: round.get("load")!, both: round.get("both")! })
    yield* Console.error(`  ${repetition + 1} of ${options.repetitions} done`)
  }
  yield* Console.log(report(rounds))
  yield* Console.log(yield* Effect.promise(() => pipelineTable(latencyMs)))
}, Effect.scoped)

/** Of the program, the gateway and Postgres, if nothing else is at work. */
const workOf = ({ machineCpuSeconds, cpuSeconds }: Measured): number => machineCpuSeconds ?? cpuSeconds

const report = (rounds: ReadonlyArray<Round>): string => {
  const { rows, requests } = rounds[0]!.both
  const row = (title: string, mode: Mode) => [
    title,
    spreadText(spreadOf(rounds.map((round) => round[mode].seconds))),
    Math.round(spreadOf(rounds.map((round) => rows / round[mode].seconds)).median),
    spreadOf(rounds.map((round) => round[mode].cpuSeconds)).median.toFixed(2),
    spreadOf(rounds.map((round) => workOf(round[mode]))).median.toFixed(2),
  ]
  const ratio = ratiosOf(
    rounds.map(({ read, load, both }) => [both.seconds, Math.max(read.seconds, load.seconds)]),
  )
  const cores = availableParallelism()
  const least = ratiosOf(
    rounds.map(({ read, load, both }) => [workOf(both) / cores, Math.max(read.seconds, load.seconds)]),
  )
  return [
    `Measured on ${machine()}: ${rows.toLocaleString("en-US")} rows, ${requests} requests of ${latencyMs} ms.`,
    tableOf(
      ["", "seconds", "rows a second", "CPU seconds of the process", "of all processes"],
      [row("reading alone", "read"), row("loading alone", "load"), row("both", "both")],
    ),
    `both / the longer of the two: ${spreadText(ratio)}, held against at most 1.25; at least ${spreadText(least)} with all ${cores} cores full all the time`,
  ].join("\n")
}
