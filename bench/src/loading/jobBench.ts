/**
 * `pnpm bench job`: the whole job, from the gateway into Postgres, by the whole program, as it is published and start-up and
 * all, against the script that people write by hand (`peers/loadByHand.ts`). Both are processes of their own and take turns.
 */
import { join } from "node:path"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { addDays } from "@vodstation-etl/core/WorkDay"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { tableOf } from "@vodstation-etl/runner/tableOf"
import { machine } from "../machine.ts"
import type { MeasuredProgram } from "../processes/measureProgram.ts"
import { runMeasured } from "../processes/measureProgram.ts"
import { publishedProgram } from "../processes/publishedProgram.ts"
import { keysOf, startSimulatorProcess } from "../processes/simulatorProcess.ts"
import { ratiosOf, spreadOf, spreadText } from "../Spread.ts"
import { temporaryFolder } from "../temporaryFolder.ts"

const firstDay = "2026-06-01"
/** The last page of such a day is half full. */
const usualDay = 12_500
const byHand = join(import.meta.dirname, "../../peers/loadByHand.ts")

const Took = Schema.Struct({ wholeCpuSeconds: Schema.Finite, peakBytes: Schema.Finite })

interface Job {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
}

export const jobBench = Effect.fn("jobBench")(function* (options: {
  readonly rows: number
  readonly repetitions: number
}) {
  const days = Math.max(1, Math.round(options.rows / usualDay))
  const perDay = Math.ceil(options.rows / days)
  const served = { firstDay, rowsPerDay: Array<number>(days).fill(perDay), latencyMs: 0 }
  const simulator = yield* startSimulatorProcess({ ...served, stuckShare: 0, twinShare: 0 })
  const home = yield* temporaryFolder
  const { url } = yield* useEmbeddedPostgres(home)
  const env = { ...keysOf(simulator), DATABASE_URL: Redacted.value(url) }

  const run = Effect.fnUntraced(function* (job: MeasuredProgram) {
    const { lines, wholeSeconds } = yield* runMeasured(job)
    const { wholeCpuSeconds, peakBytes } = yield* Schema.decodeUnknownEffect(Took)(lines.at(-1))
    return { seconds: wholeSeconds, cpuSeconds: wholeCpuSeconds, peakBytes }
  })
  const program = yield* publishedProgram
  let turn = 0
  const ours = Effect.suspend(() =>
    run({
      path: program.path,
      args: ["backfill", "--from", firstDay, "--to", addDays(firstDay, days), "--json"],
      env: {
        ...env,
        ...program.env,
        VODSTATION_BASE_URL: simulator.baseUrl,
        VODSTATION_SCHEMA: `job_${++turn}`,
      },
    }),
  )
  const start = Date.parse(`${firstDay}T00:00:00+09:00`)
  const theirs = Effect.suspend(() =>
    run({
      path: byHand,
      args: [simulator.baseUrl, `by_hand_${++turn}`, start, start + days * 86_400_000],
      env,
    }),
  )

  yield* Console.error(`${options.repetitions} rounds of the program and the script, after a warm-up`)
  yield* ours
  yield* theirs
  const rounds: Array<{ readonly ours: Job; readonly theirs: Job }> = []
  for (let repetition = 0; repetition < options.repetitions; repetition++) {
    const first = repetition % 2 === 0 ? yield* ours : undefined
    const script = yield* theirs
    rounds.push({ ours: first ?? (yield* ours), theirs: script })
    yield* Console.error(`  ${repetition + 1} of ${options.repetitions} done`)
  }
  const line = (title: string, held: string, digits: number, figure: (job: Job) => number) => [
    title,
    spreadOf(rounds.map(({ ours }) => figure(ours))).median.toFixed(digits),
    spreadOf(rounds.map(({ theirs }) => figure(theirs))).median.toFixed(digits),
    spreadText(ratiosOf(rounds.map(({ ours, theirs }) => [figure(ours), figure(theirs)]))),
    held,
  ]
  yield* Console.log(
    [
      `Measured on ${machine()}: ${(days * perDay).toLocaleString("en-US")} rows in pages of 1,000, embedded Postgres.`,
      tableOf(
        ["whole process", "ours", "by hand", "ours / by hand", "held against"],
        [
          line("seconds", "at most 0.75", 2, ({ seconds }) => seconds),
          line("CPU seconds of the process", "", 2, ({ cpuSeconds }) => cpuSeconds),
          line("peak memory, MB", "at most 2", 0, ({ peakBytes }) => peakBytes / 1e6),
        ],
      ),
    ].join("\n"),
  )
}, Effect.scoped)
