/**
 * `pnpm bench extract`: reading alone, against a bare client that fetches the same pages, as many at once, and only parses
 * them. Each side runs in a process of its own, and so does the simulator; the two take turns, and each pair gives a ratio.
 */
import { join } from "node:path"
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import { tableOf } from "@vodstation-etl/runner/tableOf"
import { addDays } from "@vodstation-etl/core/WorkDay"
import type { Measured } from "../processes/measureProgram.ts"
import { measureProgram } from "../processes/measureProgram.ts"
import type { SimulatorProcess } from "../processes/simulatorProcess.ts"
import { keysOf, startSimulatorProcess } from "../processes/simulatorProcess.ts"
import { publishedPart } from "../processes/publishedProgram.ts"
import { ratiosOf, spreadOf, spreadText } from "../Spread.ts"
import { machine } from "../machine.ts"
import type { ReadRange } from "./ReadRange.ts"
import { pageTargets } from "./ReadRange.ts"

export interface ExtractOptions {
  /** How many rows are read each time. */
  readonly rows: number
  readonly repetitions: number
  /** Share of files that are encoded twice in a day: such rows are alike, and cost further requests. */
  readonly twins: number
}

/** As the program's own defaults are. */
const concurrency = 8
const pageSize = 1000
const firstDay = "2026-06-01"
/** The last page of such a day is half full: one that is filled to the brim needs another request. */
const usualDay = 12_500
/** Memory is compared with that of so many times fewer rows. */
const fewer = 5

export const extractBench = Effect.fn("extractBench")(function* (options: ExtractOptions) {
  const world = worldOf(options.rows)
  const served = { firstDay, rowsPerDay: world.rowsPerDay, stuckShare: 0, twinShare: options.twins }
  const near = yield* startSimulatorProcess({ ...served, latencyMs: 0 })
  const far = yield* startSimulatorProcess({ ...served, latencyMs: 50 })
  yield* Console.error(
    `reading ${world.rows} rows, ${options.repetitions} times from each side and distance, after a warm-up`,
  )
  const reader = yield* publishedPart(join(import.meta.dirname, "readDays.ts"))
  const ours = (simulator: SimulatorProcess, range: ReadRange) =>
    measureProgram({
      path: reader.path,
      args: [simulator.baseUrl, concurrency, pageSize, range.firstDay, range.rowsPerDay.length],
      env: { ...keysOf(simulator), ...reader.env },
    })
  const pairOf = Effect.fnUntraced(function* (
    simulator: SimulatorProcess,
    range: ReadRange,
    oursFirst: boolean,
  ) {
    if (oursFirst) return { ours: yield* ours(simulator, range), bare: yield* bare(simulator, range) }
    const second = yield* bare(simulator, range)
    return { ours: yield* ours(simulator, range), bare: second }
  })
  yield* pairOf(near, world.few, true)

  const pairs = { near: Array<Pair>(), far: Array<Pair>() }
  const few: Array<Measured> = []
  for (let repetition = 0; repetition < options.repetitions; repetition++) {
    const oursFirst = repetition % 2 === 0
    pairs.far.push(yield* pairOf(far, world.many, oursFirst))
    pairs.near.push(yield* pairOf(near, world.many, oursFirst))
    few.push(yield* ours(near, world.few))
    yield* Console.error(`  ${repetition + 1} of ${options.repetitions} done`)
  }
  const oneFew = yield* ours(near, world.oneFew)
  const oneMany = yield* ours(near, world.oneMany)
  yield* Console.log(report(world, pairs, { few, oneFew, oneMany }))
}, Effect.scoped)

interface Pair {
  readonly ours: Measured
  readonly bare: Measured
}

const worldOf = (rows: number) => {
  const perDay = Math.max(10, Math.min(usualDay, Math.floor(rows / fewer)))
  const days = Math.ceil(rows / perDay / fewer) * fewer
  const all = days * perDay
  const usual = Array<number>(days).fill(perDay)
  return {
    rows: all,
    rowsPerDay: [...usual, all / fewer, all],
    many: { firstDay, rowsPerDay: usual },
    few: { firstDay, rowsPerDay: usual.slice(0, days / fewer) },
    oneFew: { firstDay: addDays(firstDay, days), rowsPerDay: [all / fewer] },
    oneMany: { firstDay: addDays(firstDay, days + 1), rowsPerDay: [all] },
  }
}

const bare = (simulator: SimulatorProcess, range: ReadRange) =>
  measureProgram({
    path: join(import.meta.dirname, "../../peers/fetchPages.ts"),
    args: [simulator.baseUrl, concurrency],
    env: keysOf(simulator),
    input: pageTargets(range, pageSize).join("\n"),
  })

const report = (
  world: ReturnType<typeof worldOf>,
  pairs: { readonly near: ReadonlyArray<Pair>; readonly far: ReadonlyArray<Pair> },
  memory: {
    readonly few: ReadonlyArray<Measured>
    readonly oneFew: Measured
    readonly oneMany: Measured
  },
): string => {
  const count = (rows: number) => rows.toLocaleString("en-US")
  const median = (values: ReadonlyArray<number>, digits: number) => spreadOf(values).median.toFixed(digits)
  const against = (
    what: string,
    held: string,
    of: ReadonlyArray<Pair>,
    digits: number,
    figure: (side: Measured) => number,
  ) => [
    what,
    median(
      of.map((pair) => figure(pair.ours)),
      digits,
    ),
    median(
      of.map((pair) => figure(pair.bare)),
      digits,
    ),
    spreadText(ratiosOf(of.map((pair) => [figure(pair.ours), figure(pair.bare)]))),
    held,
  ]
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0)
  const manyPeaks = pairs.near.map((pair) => pair.ours.peakBytes)
  const fewPeaks = memory.few.map((side) => side.peakBytes)
  return [
    `Measured on ${machine()}: ${count(world.rows)} rows, ${concurrency} requests at once, pages of ${pageSize}.`,
    tableOf(
      ["", "ours", "bare client", "ours / bare", "held against"],
      [
        against(
          "rows a second, 50 ms latency",
          "at least 0.95",
          pairs.far,
          0,
          (side) => side.rows / side.seconds,
        ),
        against("CPU seconds, whole process", "at most 2", pairs.near, 2, (side) => side.wholeCpuSeconds),
        against("CPU seconds, without start-up", "", pairs.near, 2, (side) => side.cpuSeconds),
        against("requests", "", pairs.near, 0, (side) => side.requests),
        against("peak memory, MB", "", pairs.near, 0, (side) => side.peakBytes / 1e6),
      ],
    ),
    tableOf(
      [
        "our peak memory, MB",
        `${count(world.rows)} rows`,
        `${count(world.rows / fewer)} rows`,
        "ratio",
        "held against",
      ],
      [
        [
          `days of ${count(world.many.rowsPerDay[0]!)} rows`,
          megabytes(spreadOf(manyPeaks).median),
          megabytes(spreadOf(fewPeaks).median),
          spreadText(ratiosOf(manyPeaks.map((peak, index) => [peak, fewPeaks[index]!]))),
          "at most 1.2",
        ],
        [
          "all in one day",
          megabytes(memory.oneMany.peakBytes),
          megabytes(memory.oneFew.peakBytes),
          (memory.oneMany.peakBytes / memory.oneFew.peakBytes).toFixed(2),
          "at most 1.2",
        ],
      ],
    ),
  ].join("\n")
}
