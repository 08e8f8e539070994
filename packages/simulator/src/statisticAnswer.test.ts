import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { get } from "./askSimulator.ts"
import { runScoped } from "./runScoped.ts"
import { startSimulator } from "./Simulator.ts"
import type { SimulatorOptions } from "./SimulatorOptions.ts"

const NOW = Date.parse("2025-09-05T12:00:00+09:00")

const small: Partial<SimulatorOptions> = { firstDay: "2025-09-01", days: 3, rowsPerDay: 95, now: NOW }

describe("the statistics", () => {
  it("counts the same rows in its statistics, in both shapes", () =>
    runScoped(
      Effect.gen(function* () {
        const simulator = yield* startSimulator(small)
        const [start, second] = simulator.world.dayStarts
        simulator.setNow(second! - 600_000)
        const ask = () =>
          Effect.map(
            get(
              simulator,
              `/api/v2/status/status-statistic?workStartTimeFrom=${start}&workStartTimeTo=${second! - 1}`,
            ),
            ({ text }) => JSON.parse(text).content,
          )
        const truth = simulator.world.truth(start!, second!)
        const count = (status: string) => truth.filter((row) => row.status === status).length
        const expected = {
          waiting: count("WAITING"),
          running: count("RUNNING"),
          complete: count("COMPLETE"),
          failure: count("FAILURE"),
          canceled: count("CANCELED"),
        }
        expect(yield* ask()).toEqual(expected)
        expect(truth.length).toBe(Object.values(expected).reduce((sum, value) => sum + value))
        simulator.setOptions({ statisticShape: "array", generation: "old" })
        expect(yield* ask()).toEqual([
          {
            waiting: String(expected.waiting),
            running: String(expected.running),
            complete: String(expected.complete),
            failure: String(expected.failure),
            canceled: expected.canceled,
          },
        ])
      }),
    ))
})
