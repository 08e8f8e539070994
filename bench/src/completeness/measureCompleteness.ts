/** Lets a reader read a scenario, and compares what it has with what there is. */
import * as Effect from "effect/Effect"
import type { SimulatorError } from "@vodstation-etl/simulator/Simulator"
import { lossesOf } from "./DayResult.ts"
import type { Reader } from "./readers.ts"
import type { Scenario } from "./Scenario.ts"
import { pageSize } from "./Scenario.ts"

export interface Completeness {
  /** Rows that there are. */
  readonly rows: number
  readonly days: number
  /** Rows lost and doubled, in days that the reader did not give up. */
  readonly lost: number
  readonly doubled: number
  /** Days with lost or doubled rows that the reader calls complete. */
  readonly unnoticed: number
  /** Days that it says must be read again. */
  readonly open: number
  /** Days that it gave up. */
  readonly failed: number
  /** Requests for each page's worth of rows. */
  readonly requestsPerPage: number
}

export const measureCompleteness = Effect.fn("measureCompleteness")(function* (
  scenario: Scenario,
  reader: Reader,
): Effect.fn.Return<Completeness, SimulatorError> {
  const sum = { rows: 0, days: 0, lost: 0, doubled: 0, unnoticed: 0, open: 0, failed: 0 }
  let requests = 0
  for (const start of scenario.worlds) {
    yield* Effect.gen(function* () {
      const world = yield* start
      const results = yield* reader.read(world)
      world.days.forEach((day, index) => {
        const { verdict, encodings } = results[index]!
        const there = world.encodings(day)
        sum.rows += there.length
        sum.days++
        if (verdict === "open") sum.open++
        if (verdict === "failed") {
          sum.failed++
          return
        }
        const { lost, doubled } = lossesOf(encodings, there)
        sum.lost += lost
        sum.doubled += doubled
        if (verdict === "complete" && lost + doubled > 0) sum.unnoticed++
      })
      requests += world.requests()
    }).pipe(Effect.scoped)
  }
  return { ...sum, requestsPerPage: requests / (sum.rows / pageSize) }
})
