/**
 * What the proof costs: requests for each page's worth of rows, on a day of a real rhythm, with a lunch peak and a quiet
 * night, and on an even one (design, "Proving a slice"). Days of bulk uploads into one millisecond are not counted here.
 */
import { Effect, Option } from "effect"
import { describe, expect, it } from "vitest"
import { timeZone, workDays } from "@vodstation-etl/core/WorkDay"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import { DayReader } from "./DayReader.ts"
import { readerOf } from "./simulatedGateway.fixture.ts"

const days = workDays("2026-08-01", "2026-08-05", Option.getOrThrow(timeZone("Asia/Seoul")))
const pageSize = 50
const rowsPerDay = 1_500

/** Requests for each page's worth of rows, of the first day of a run and of the later ones, which know more. */
const requestsPerPage = (options: Partial<SimulatorOptions>) =>
  Effect.gen(function* () {
    const simulator = yield* startSimulator({
      firstDay: "2026-08-01",
      days: days.length,
      rowsPerDay,
      slowDay: null,
      ...options,
    })
    const readings = yield* Effect.gen(function* () {
      const reader = yield* DayReader
      return yield* Effect.forEach(days, (day) => reader.read(day, { take: () => Effect.void }))
    }).pipe(Effect.provide(readerOf(simulator, { concurrency: 8, pageSize })))
    expect(readings.map((reading) => reading.rowCount)).toEqual(days.map(() => rowsPerDay))
    const [first, ...later] = readings.map((reading) => reading.requests / (rowsPerDay / pageSize))
    return { first: first!, later: later.reduce((a, b) => a + b, 0) / later.length }
  }).pipe(Effect.scoped, Effect.runPromise)

describe("requests for each page's worth of rows", () => {
  it("are at most 1.3 on a list that stands still", async () => {
    const { first, later } = await requestsPerPage({ twinShare: 0 })
    expect(Math.max(first, later)).toBeLessThanOrEqual(1.1)
  })

  it("are at most 1.4 where twins forbid to walk, once the first day has shown that", async () => {
    const { first, later } = await requestsPerPage({ twinShare: 0.01 })
    expect(first).toBeLessThanOrEqual(3)
    expect(later).toBeLessThanOrEqual(1.4)
  })

  it("are at most 3 where 1 % of the rows move between any two requests", async () => {
    const { first, later } = await requestsPerPage({ drift: 0.01 })
    expect(first).toBeLessThanOrEqual(2.4)
    expect(later).toBeLessThanOrEqual(1.5)
  })

  it("are at most 3 where 10 % of them move", async () => {
    const { first, later } = await requestsPerPage({ drift: 0.1 })
    expect(first).toBeLessThanOrEqual(2.4)
    expect(later).toBeLessThanOrEqual(1.5)
  })
})
