/** Temporary keys that end in the middle of a run: new ones are taken from where the old ones were, once. */
import { afterAll, beforeAll, expect, it } from "vitest"
import type { CsvBench } from "./CsvBench.fixture.ts"
import { daysAskedOf, openCsvBench } from "./CsvBench.fixture.ts"

const first = { accessKey: "TEMPORARYACCESSKEY01", secretKey: "TemporarySecretKey000000000000000000001" }
const second = { accessKey: "TEMPORARYACCESSKEY02", secretKey: "TemporarySecretKey000000000000000000002" }

let bench: CsvBench

beforeAll(async () => {
  bench = await openCsvBench({ firstDay: "2026-08-01", days: 6, rowsPerDay: 200, stuckShare: 0, seed: 5 })
})
afterAll(() => bench.close())

/** Twenty pages a day, so that many requests are under way when the key ends. */
const manyPages = ["--page-size", "10"]

it("a run goes on where ~/.ncloud/configure is rewritten before its key ends, and each call is refused once at most", async () => {
  const home = bench.writeKeys("rewritten", first)
  const before = bench.simulator.stats()
  bench.simulator.addKey({ ...first, expiresAfterRequests: 95 })
  bench.simulator.setOptions({
    latencyMs: 10,
    onRequest: (request) => {
      // As a tool that fetches temporary keys does: new ones come a little before the old ones end.
      if (request.number !== before.requests + 40) return
      bench.simulator.addKey(second)
      bench.writeKeys("rewritten", second)
    },
  })
  const run = await bench.backfill("rewritten", manyPages, { HOME: home })
  bench.simulator.setOptions({ latencyMs: 0, onRequest: null })

  expect([run.code, run.stderr]).toEqual([0, ""])
  expect(JSON.parse(run.stdout)).toMatchObject({ outcome: "complete", days: { closed: 6 }, problems: [] })
  const refused = bench.simulator.stats().refused - before.refused
  expect(refused).toBeGreaterThanOrEqual(1)
  // As many as were under way at once; with the new keys none.
  expect(refused).toBeLessThanOrEqual(8)
  expect(await bench.view("rewritten").lines()).toEqual(bench.truth())
})

it("a run ends with 3 where it is not, keeps whole days, and goes on with new keys", async () => {
  const view = bench.view("kept")
  const key = { ...first, accessKey: "TEMPORARYACCESSKEY03" }
  const home = bench.writeKeys("kept", key)
  bench.simulator.addKey({ ...key, expiresAfterRequests: 95 })
  const before = bench.simulator.stats()
  const run = await bench.backfill("kept", manyPages, { HOME: home })

  expect(run.code).toBe(3)
  const report = JSON.parse(run.stdout)
  expect(report).toMatchObject({
    outcome: "failed",
    days: { failed: 0 },
    problems: [
      {
        day: null,
        error: "CredentialsRefused",
        message: expect.stringContaining("TEMP… from profile DEFAULT of ~/.ncloud/configure"),
      },
    ],
  })
  // Those under way are refused, and as many once more with the keys loaded anew; not each of the hundred calls to come.
  const refused = bench.simulator.stats().refused - before.refused
  expect(refused).toBeGreaterThanOrEqual(2)
  expect(refused).toBeLessThanOrEqual(24)
  const kept = await view.ledger()
  expect(Object.keys(kept).length).toBeGreaterThanOrEqual(1)
  expect(Object.keys(kept).length).toBeLessThan(6)
  expect(await view.counted()).toEqual(kept)
  expect(await view.remains()).toEqual([])

  bench.simulator.addKey(second)
  bench.writeKeys("kept", second)
  const asked = bench.simulator.stats().targets.length
  const next = await bench.backfill("kept", manyPages, { HOME: home })
  expect([next.code, next.stderr]).toEqual([0, ""])
  const again = bench.simulator.stats().targets.slice(asked)
  expect(again.length).toBeGreaterThan(0)
  expect(daysAskedOf(again, Object.keys(kept))).toEqual([])
  expect(await view.lines()).toEqual(bench.truth())
  expect(await view.outcomes()).toEqual(["complete", "failed"])
})
