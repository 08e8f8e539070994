/**
 * Lists that move while they are read, each a seeded world of the simulator. Every encoding's category has a name of its own,
 * which is no part of a row's identity: so each row that was read can be told to be which encoding, whatever state it was in.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { addDays } from "@vodstation-etl/core/WorkDay"
import type { RunningSimulator, SimulatorError } from "@vodstation-etl/simulator/Simulator"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"

export interface Scenario {
  readonly title: string
  /** Worlds that are read one after the other, each by a reader that knows nothing yet. */
  readonly worlds: ReadonlyArray<Effect.Effect<World, SimulatorError, Scope.Scope>>
}

export interface World {
  readonly gateway: Pick<RunningSimulator, "baseUrl" | "accessKey" | "secretKey">
  readonly days: ReadonlyArray<WorkDay>
  /** The name of the category of each encoding of a day. */
  readonly encodings: (day: WorkDay) => ReadonlyArray<string>
  /** Requests so far. */
  readonly requests: () => number
}

export interface WorldSize {
  readonly days: number
  readonly rowsPerDay: number
}

export const pageSize = 100
/** Rows of the bulk upload: more than three pages, within one millisecond. */
const bulk = 350
const firstDay = "2026-08-01"
const minute = 60_000

/** All lists of the table. */
export const scenarios = (size: WorldSize): ReadonlyArray<Scenario> => [
  ...[0, 0.001, 0.01, 0.1].map((share) => drifting(size, share)),
  bulkUpload(size),
  changing(size),
]

/** Days that have ended, of whose rows a share moves between any two requests. */
export const drifting = (size: WorldSize, share: number): Scenario => ({
  title: share === 0 ? "nothing moves" : `${share * 100} % of the rows move`,
  worlds: [settled(size, { drift: share })],
})

/** The same, with a moment in it that no cutting in time makes fit a page. */
export const bulkUpload = (size: WorldSize): Scenario => ({
  title: `1 % of the rows move; ${bulk} were requested within one millisecond`,
  worlds: [
    settled(size, {
      drift: 0.01,
      bulkUploads: Array.from({ length: size.days }, (_, day) => ({
        day,
        atMs: 10 * 60 * minute,
        rows: bulk,
      })),
    }),
  ],
})

/** Days ten minutes after their end: 30 % of the rows are still WAITING, without a path, or RUNNING, and change twice within ten minutes. */
export const changing = (size: WorldSize): Scenario => ({
  title: "1 % of the rows gain a state and a path, and move to the front",
  worlds: Array.from({ length: size.days }, (_, day) => unsettled(size.rowsPerDay, day)),
})

const settled = ({ days, rowsPerDay }: WorldSize, options: Partial<SimulatorOptions>) =>
  Effect.map(
    startNamed({ days, rowsPerDay, now: Date.parse(`${addDays(firstDay, days + 2)}T12:00:00Z`), ...options }),
    worldOf,
  )

/** The clock goes on by this between any two requests, so that about 1 % of the rows change meanwhile. */
const stepMs = 10_000

const unsettled = Effect.fnUntraced(function* (rowsPerDay: number, seed: number) {
  const simulator = yield* startNamed({
    seed,
    days: 1,
    rowsPerDay,
    now: Date.parse(`${addDays(firstDay, 1)}T00:10:00+09:00`),
    order: "lastWorkTimeDesc",
    slowDay: null,
  })
  const { rows } = simulator.world
  const start = simulator.world.now()
  const unfinished = rows.within(...everMs).filter((_, index) => index % 10 < 3)
  unfinished.forEach((row, index) => {
    const startMs = start + fractionOf(index * 0.618_034) * 5 * minute
    rows.change(row, { startMs, endMs: startMs + (0.1 + fractionOf(index * 0.414_214)) * 5 * minute })
  })
  let requests = 0
  simulator.setOptions({ onRequest: () => simulator.setNow(start + stepMs * requests++) })
  return worldOf(simulator)
})

const everMs = [-Infinity, Infinity] as const

const fractionOf = (number: number): number => number - Math.floor(number)

const startNamed = Effect.fnUntraced(function* (options: Partial<SimulatorOptions>) {
  const simulator = yield* startSimulator({
    firstDay,
    stuckShare: 0,
    // Its clock is not the machine's, which the peers sign by.
    timestampWindowMs: Number.MAX_SAFE_INTEGER,
    ...options,
  })
  const { rows } = simulator.world
  rows.within(...everMs).forEach((row, index) => rows.change(row, { categoryName: `category ${index}` }))
  return simulator
})

const worldOf = (simulator: RunningSimulator): World => {
  const starts = simulator.world.dayStarts
  return {
    gateway: simulator,
    days: starts.slice(0, -1).map((start, day) => ({
      date: addDays(firstDay, day),
      start,
      end: starts[day + 1]!,
    })),
    encodings: ({ start, end }) => simulator.world.rows.within(start, end).map((row) => row.categoryName),
    requests: () => simulator.stats().requests,
  }
}
