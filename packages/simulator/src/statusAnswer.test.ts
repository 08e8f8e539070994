import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { errorOf, get, page } from "./askSimulator.ts"
import { runScoped } from "./runScoped.ts"
import { type RunningSimulator, startSimulator } from "./Simulator.ts"
import type { BehaviourOptions, SimulatorOptions } from "./SimulatorOptions.ts"

const NOW = Date.parse("2025-09-05T12:00:00+09:00")

const small: Partial<SimulatorOptions> = { firstDay: "2025-09-01", days: 3, rowsPerDay: 95, now: NOW }

/** How many rows each of some pages holds, under some behaviour. */
const sizes = (
  simulator: RunningSimulator,
  behaviour: Partial<BehaviourOptions>,
  queries: ReadonlyArray<string>,
) => {
  simulator.setOptions(behaviour)
  return Effect.forEach(queries, (query) =>
    Effect.map(page(simulator, query), ({ content }) => content.length),
  )
}

describe("the list", () => {
  it("serves each day's rows over pages, exactly those of the truth", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator(small)
        const [start, end] = simulator.world.dayStarts
        const window = `workStartTimeFrom=${start}&workStartTimeTo=${end! - 1}`
        const pages = yield* Effect.forEach([1, 2, 3, 4, 5, 6], (pageNo) =>
          Effect.map(
            get(simulator, `/api/v2/status?pageNo=${pageNo}&pageSizeNo=20&${window}`),
            ({ text }) => text,
          ),
        )
        expect(pages.map((text) => JSON.parse(text).content.length)).toEqual([20, 20, 20, 20, 15, 0])
        expect(pages.every((text) => text.endsWith('"total":95}'))).toBe(true)
        const expected = simulator.world.truth(start!, end!).toReversed()
        const served = pages
          .slice(0, 5)
          .map((text) => text.slice('{"content":['.length, -'],"total":95}'.length))
        expect(served.join(",")).toBe(expected.map((row) => row.asServed.json).join(","))
      }),
    ))

  it("has the page rules it is told to have", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator(small)
        const check = (behaviour: Partial<BehaviourOptions>, queries: ReadonlyArray<string>) =>
          sizes(simulator, behaviour, queries)
        expect(yield* check({}, ["", "?pageSizeNo=100", "?pageSizeNo=3", "?pageNo=99"])).toEqual([
          20, 100, 10, 0,
        ])
        expect(yield* check({ pageCap: 50 }, ["?pageSizeNo=100", "?pageNo=6&pageSizeNo=1000"])).toEqual([
          50, 35,
        ])
        expect(
          yield* check({ belowMinimum: "serve", pastTheEnd: "repeatLast" }, [
            "?pageSizeNo=3",
            "?pageNo=99&pageSizeNo=50",
          ]),
        ).toEqual([3, 35])
        simulator.setOptions({ belowMinimum: "refuse", abovePageCap: "refuse", pastTheEnd: "error" })
        const refused = (query: string) => Effect.map(get(simulator, `/api/v2/status${query}`), errorOf)
        expect(yield* refused("?pageSizeNo=9")).toEqual([400, "260002"])
        expect((yield* get(simulator, "/api/v2/status?pageSizeNo=10")).status).toBe(200)
        expect(yield* refused("?pageSizeNo=51")).toEqual([400, "260002"])
        expect(yield* refused("?pageNo=99")).toEqual([400, "260002"])
        simulator.setOptions({ serviceErrorStatus: 200 })
        expect(yield* refused("?pageNo=0")).toEqual([200, "260025"])
        expect(yield* refused("?workStartTimeFrom=2025-09-01")).toEqual([200, "260026"])
        expect(simulator.stats().errors).toBe(5)
      }),
    ))

  it("cuts its list, tells no total past the end, and shows page 1 for any, as it is told to", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator(small)
        const shown = (behaviour: Partial<BehaviourOptions>, query: string) => {
          simulator.setOptions(behaviour)
          return Effect.map(page(simulator, query), ({ content, total }) => [content.length, total])
        }
        expect(yield* shown({ mostRows: 70 }, "?pageNo=2&pageSizeNo=50")).toEqual([20, 70])
        expect(yield* shown({}, "?pageNo=3&pageSizeNo=50")).toEqual([0, 70])
        expect(yield* shown({ pastTheEnd: "uncounted" }, "?pageNo=3&pageSizeNo=50")).toEqual([0, 0])
        expect(yield* shown({ pageNoIgnored: true }, "?pageNo=3&pageSizeNo=50")).toEqual([50, 70])
      }),
    ))

  it("has the windows, the total and the order it is told to have", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator(small)
        const [start, second] = simulator.world.dayStarts
        const straight = `?workStartTimeFrom=${start}&workStartTimeTo=${second! - 1}`
        const reversed = `?workStartTimeFrom=${second! - 1}&workStartTimeTo=${start}`
        const totals = (behaviour: Partial<BehaviourOptions>) => {
          simulator.setOptions(behaviour)
          return Effect.forEach([straight, reversed], (query) =>
            Effect.map(page(simulator, query), ({ total }) => total),
          )
        }
        expect(yield* totals({})).toEqual([95, 0])
        expect(yield* totals({ swapped: true })).toEqual([0, 95])
        expect(yield* totals({ swapped: false, reversedWindow: "swap" })).toEqual([95, 95])
        expect(yield* totals({ reversedWindow: "all" })).toEqual([95, 285])
        expect(yield* totals({ windowIgnored: true, totalSaturatesAt: 200, totalAs: "string" })).toEqual([
          "200",
          "200",
        ])
        simulator.setOptions({
          windowIgnored: false,
          totalSaturatesAt: null,
          totalAs: "auto",
          generation: "old",
        })
        expect((yield* page(simulator, straight)).total).toBe("95")
        const orderOf = (order: BehaviourOptions["order"]) => {
          simulator.setOptions({ order, generation: "current" })
          return Effect.map(page(simulator, `${straight}&pageSizeNo=100`), ({ content }) =>
            content.map((row) => JSON.stringify(row)),
          )
        }
        const newest = yield* orderOf("requestTimeDesc")
        expect(yield* orderOf("requestTimeAsc")).toEqual(newest.toReversed())
        const byWork = (yield* orderOf("lastWorkTimeDesc")).map((row) =>
          Date.parse(JSON.parse(row).lastWorkTime),
        )
        expect(byWork).toEqual(byWork.toSorted((a, b) => b - a))
        const [shuffled, reshuffled] = [yield* orderOf("reshuffled"), yield* orderOf("reshuffled")]
        expect(shuffled.toSorted()).toEqual(newest.toSorted())
        expect(shuffled).not.toEqual(reshuffled)
      }),
    ))

  it("forgets, delays and lags as it is told to", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator(small)
        const [, second, third] = simulator.world.dayStarts
        const total = (behaviour: Partial<BehaviourOptions>, nowMs: number) => {
          simulator.setNow(nowMs)
          simulator.setOptions({
            retentionDays: null,
            appearsAfterMs: 0,
            staleMs: 0,
            totalStaleMs: 0,
            ...behaviour,
          })
          return Effect.map(page(simulator, "?pageSizeNo=300"), (answer) => [
            answer.content.length,
            answer.total,
          ])
        }
        expect(yield* total({}, second!)).toEqual([95, 95])
        expect(yield* total({ retentionDays: 1 }, third!)).toEqual([95, 95])
        expect(yield* total({ appearsAfterMs: 86_400_000 }, third!)).toEqual([95, 95])
        expect(yield* total({ staleMs: 86_400_000 }, third!)).toEqual([95, 95])
        expect(yield* total({ staleMs: 86_400_000, staleShare: 0 }, third!)).toEqual([190, 190])
        expect(yield* total({ totalStaleMs: 86_400_000 }, third!)).toEqual([190, 95])
        const newest = simulator.world.rows.within(second!, third!).at(-1)!.requestTimeMs
        expect(yield* total({}, newest)).not.toEqual(yield* total({}, newest - 50))
        expect(yield* total({ appearsAfterMs: 5_000 }, newest + 5_000)).toEqual(yield* total({}, newest))
      }),
    ))
})
