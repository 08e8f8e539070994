/** `--rate` with the whole program: no second sees more requests than it says, retries included. */
import { afterAll, beforeAll, expect, it } from "vitest"
import type { CsvBench } from "./CsvBench.fixture.ts"
import { openCsvBench } from "./CsvBench.fixture.ts"

let bench: CsvBench

beforeAll(async () => {
  bench = await openCsvBench({ firstDay: "2026-08-01", days: 3, rowsPerDay: 100, stuckShare: 0 })
})
afterAll(() => bench.close())

it("spaces all requests evenly", async () => {
  const times: Array<number> = []
  bench.simulator.setOptions({
    onRequest: () => times.push(performance.now()),
    faultPlan: (request) => (request.number % 5 === 0 ? "endpointError" : null),
  })
  const run = await bench.backfill("evenly", ["--page-size", "10", "--rate", "20"])
  bench.simulator.setOptions({ onRequest: null, faultPlan: null })
  expect(run.code).toBe(0)
  const report = JSON.parse(run.stdout)
  expect(report.retries).toBeGreaterThan(3)
  expect(times.length).toBe(report.requests)
  expect(times.length).toBeGreaterThan(35)
  // Evenly spaced when they are sent; a busy machine may bunch a few of them on their way.
  const took = times.at(-1)! - times[0]!
  expect(took).toBeGreaterThan((times.length - 1) * 50 - 100)
  for (const time of times) {
    expect(times.filter((other) => other >= time && other < time + 1_000).length).toBeLessThanOrEqual(26)
  }
  expect(await bench.view("evenly").lines()).toEqual(bench.truth())
})

it.each([
  ["0.05", "a value between 0.1 and 1000"],
  ["fast", "a number"],
])("is one line and exit 2 for --rate %s", async (rate, expected) => {
  const asked = bench.simulator.stats().requests
  const run = await bench.backfill("refused", ["--rate", rate])
  expect([run.code, run.stdout]).toEqual([2, ""])
  expect(run.stderr).toBe(
    `vodstation-etl: Invalid value for flag --rate: "${rate}". Expected ${expected}. See vodstation-etl backfill --help. [InvalidCommandLine]\n`,
  )
  expect(bench.simulator.stats().requests).toBe(asked)
})
