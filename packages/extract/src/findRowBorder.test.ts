/** On simulated gateways of every kind: the border that is found shows how windows are understood. */
import { Effect } from "effect"
import { expect, it } from "vitest"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import type { BehaviourOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import { checkSeam } from "./checkSeam.ts"
import { findRowBorder } from "./findRowBorder.ts"
import { readerOf } from "./simulatedGateway.fixture.ts"
import { widthOf } from "./Slice.ts"
import { StatusList } from "./StatusList.ts"

const from = Date.parse("2026-08-01T00:00+09:00")
const hour = 3_600_000

/** Of many worlds, each seen at another time of the day: what the seam came to, how wide its left part is, and how many requests finding it took. */
const bordersIn = (behaviour: Partial<BehaviourOptions>, rowsPerDay = 6_000) =>
  Effect.runPromise(
    Effect.forEach(
      [1, 2, 3, 4, 5, 6, 7, 8],
      Effect.fnUntraced(function* (seed) {
        const world = { firstDay: "2026-08-01", days: 2, rowsPerDay, seed, now: from + 49 * hour }
        const day = { from: from + seed * 3 * hour, before: from + (24 + seed * 3) * hour }
        const simulator = yield* startSimulator({ ...world, ...behaviour })
        return yield* Effect.gen(function* () {
          const list = yield* StatusList
          const rows = yield* list.total(day)
          const before = simulator.stats().requests
          const seam = yield* findRowBorder(list, day, rows)
          const requests = simulator.stats().requests - before
          return { verdict: yield* checkSeam(list, seam), width: widthOf(seam.left), requests }
        }).pipe(Effect.provide(readerOf(simulator, { concurrency: 1, pageSize: 1_000 })))
      }, Effect.scoped),
    ),
  )

it("holds where both ends belong to a window, tried to the millisecond", async () => {
  for (const { verdict, width, requests } of await bordersIn({})) {
    expect([verdict, width]).toEqual(["holds", 1])
    expect(requests).toBeLessThanOrEqual(26)
  }
})

it.each<[string, Partial<BehaviourOptions>]>([
  ["the end does not belong to a window", { toInclusive: false }],
  ["the start does not", { fromInclusive: false }],
  ["neither does", { fromInclusive: false, toInclusive: false }],
  ["bounds are cut to seconds", { boundUnit: "s" }],
  ["bounds are cut to minutes", { boundUnit: "min" }],
  ["the end does not, and From and To are swapped", { swapped: true, toInclusive: false }],
])("is broken where %s", async (_, behaviour) => {
  for (const { verdict, requests } of await bordersIn(behaviour)) {
    expect(verdict).toBe("broken")
    expect(requests).toBeLessThanOrEqual(28)
  }
})

it("comes as near to a row as so many requests lead, where there are few", async () => {
  for (const { verdict, width, requests } of await bordersIn({}, 10)) {
    expect([verdict, width < 200]).toEqual(["holds", true])
    expect(requests).toBeLessThanOrEqual(28)
  }
})
