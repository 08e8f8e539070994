/** Reading a day from gateways that do what no documentation speaks of, and none forbids: a closed day is right, and the reader ends. */
import { Effect, Option } from "effect"
import { expect, it } from "vitest"
import { timeZone, workDay } from "@vodstation-etl/core/WorkDay"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import { DayReader } from "./DayReader.ts"
import { readerOf } from "./simulatedGateway.fixture.ts"
import { StatusList } from "./StatusList.ts"

const day = workDay("2026-08-01", Option.getOrThrow(timeZone("Asia/Seoul")))

const hour = 3_600_000

const readDay = (
  gateway: Partial<SimulatorOptions>,
  options: { readonly pageSize: number; readonly concurrency?: number },
) =>
  Effect.gen(function* () {
    const simulator = yield* startSimulator({ firstDay: "2026-08-01", days: 1, rowsPerDay: 0, ...gateway })
    const rows: Array<string> = []
    const reading = yield* Effect.gen(function* () {
      return yield* (yield* DayReader).read(day, {
        take: (taken) => Effect.sync(() => void rows.push(...taken.map((row) => row.filePath))),
      })
    }).pipe(
      Effect.provide(readerOf(simulator, { concurrency: 4, ...options })),
      Effect.timeout("8 seconds"),
      Effect.result,
    )
    return {
      reading,
      rows,
      requests: simulator.stats().requests,
      truth: simulator.world.truth(day.start, day.end),
    }
  }).pipe(Effect.scoped, Effect.runPromise)

it.each([1, 4, 64])(
  "ends where a minute is listed in every window within it, %d requests at once, and is not cut down to its milliseconds",
  async (concurrency) => {
    const bulk = [{ day: 0, atMs: 43_230_000, rows: 25, blank: "always" } as const]
    const coarse = { bulkUploads: bulk, boundUnit: "min", boundCut: "both" } as const
    const { reading, requests } = await readDay(coarse, { pageSize: 20, concurrency })
    expect(reading).toMatchObject({ _tag: "Failure", failure: { _tag: "PartsDisagree" } })
    expect(requests).toBeLessThan(100)
  },
)

it("does not take a day for over whose end was not asked for, since the first answer told an old time", async () => {
  const ended = { date: "2026-08-01", start: Date.now() - 26 * hour, end: Date.now() - 2 * hour }
  const { reading, truth } = await Effect.gen(function* () {
    const simulator = yield* startSimulator({
      days: 1,
      rowsPerDay: 0,
      timestampWindowMs: 12 * hour,
      clock: "ticking",
    })
    simulator.world.rows.add({ requestTimeMs: ended.end - 60_000, outcome: "COMPLETE" })
    simulator.setNow(Date.now() - 3 * hour)
    const reading = yield* Effect.gen(function* () {
      yield* (yield* StatusList).total({ from: ended.start, before: ended.end })
      simulator.setNow(Date.now())
      return yield* (yield* DayReader).read(ended, { take: () => Effect.void })
    }).pipe(Effect.provide(readerOf(simulator, { concurrency: 1, pageSize: 100 })))
    return { reading, truth: simulator.world.truth(ended.start, ended.end) }
  }).pipe(Effect.scoped, Effect.runPromise)
  expect([truth.length, reading.rowCount]).toEqual([1, 0])
  expect(reading.settled).toBe(false)
  // Of two readings the later one counts, so that this one comes before those that saw more of the day.
  expect(reading.readAt).toBeLessThan(Date.now() - 2 * hour)
})

it.each(["empty", "error", "repeatLast"] as const)(
  "does not believe a list that is cut, and its total alike, where the page past its end is %s",
  async (pastTheEnd) => {
    for (const mostRows of [40, 50, 100, 105]) {
      const { reading } = await readDay(
        { rowsPerDay: 300, twinShare: 0, mostRows, pastTheEnd },
        { pageSize: 50 },
      )
      expect(reading).toMatchObject({ _tag: "Failure", failure: { _tag: "SliceUnproven" } })
    }
  },
)

it.each([50, 30])("reads %d rows where the page past the end tells no total", async (rowsPerDay) => {
  const { reading } = await readDay({ rowsPerDay, pastTheEnd: "uncounted" }, { pageSize: 50 })
  expect(reading).toMatchObject({ _tag: "Success", success: { proof: "single-page", rowCount: rowsPerDay } })
})

it("loads no row thrice where every page is the first one", async () => {
  const bulk = [{ day: 0, atMs: 43_230_000, rows: 60 } as const]
  const { reading, rows, truth } = await readDay({ bulkUploads: bulk, pageNoIgnored: true }, { pageSize: 20 })
  expect(new Set(truth.map((row) => row.filePath)).size).toBeGreaterThan(10)
  expect(reading).toMatchObject({ success: { proof: "count" } })
  for (const path of new Set(rows)) {
    const listed = truth.filter((row) => row.filePath === path).length
    expect(rows.filter((row) => row === path).length).toBeLessThanOrEqual(listed)
  }
})
