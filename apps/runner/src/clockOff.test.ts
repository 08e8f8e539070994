/** A machine whose clock is off: requests are signed with the gateway's time from the first refusal on, and it is said once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { atTime } from "./atTime.fixture.ts"
import type { CsvBench } from "./CsvBench.fixture.ts"
import { openCsvBench } from "./CsvBench.fixture.ts"

const minute = 60_000
let bench: CsvBench

beforeAll(async () => {
  bench = await openCsvBench({
    firstDay: "2026-08-01",
    days: 4,
    rowsPerDay: 100,
    stuckShare: 0,
    now: Date.now(),
    clock: "ticking",
  })
})
afterAll(() => bench.close())

const manyPages = ["--page-size", "10"]

describe("a clock that is off", () => {
  it.each([
    ["ahead of", -17 * minute, "17 min"],
    ["behind", 50 * minute, "50 min"],
  ])(
    "%s the gateway's by more than five minutes is put right, and said once",
    async (way, offset, amount) => {
      bench.simulator.setNow(Date.now() + offset)
      const before = bench.simulator.stats().refused
      const run = await bench.backfill(`off${offset}`, manyPages)
      expect(run.code).toBe(0)
      expect(run.stderr).toBe(
        `warn: This machine's clock is ${amount} ${way} the gateway's. Requests are signed with the gateway's time from now on; set the clock, by NTP for example.\n`,
      )
      expect(bench.simulator.stats().refused - before).toBe(1)
      expect(JSON.parse(run.stdout)).toMatchObject({ outcome: "complete", problems: [] })
      expect(await bench.view(`off${offset}`).lines()).toEqual(bench.truth())
    },
  )

  it("by less than five minutes is followed without a word", async () => {
    bench.simulator.setNow(Date.now() + 4 * minute)
    const before = bench.simulator.stats().refused
    const run = await bench.backfill("near", manyPages)
    expect([run.code, run.stderr]).toEqual([0, ""])
    expect(bench.simulator.stats().refused - before).toBe(0)
  })

  it("that leaps in the middle of a run is put right again", async () => {
    bench.simulator.setNow(Date.now())
    const before = bench.simulator.stats()
    bench.simulator.setOptions({
      latencyMs: 10,
      onRequest: (request) => {
        if (request.number === before.requests + 15) bench.simulator.setNow(Date.now() + 30 * minute)
      },
    })
    const run = await bench.backfill("leapt", manyPages)
    bench.simulator.setOptions({ latencyMs: 0, onRequest: null })
    expect(run.code).toBe(0)
    expect(run.stderr).toMatch(/^warn: This machine's clock is 30 min behind the gateway's\. [^\n]*\n$/)
    // Those that were under way at once, each once.
    expect(bench.simulator.stats().refused - before.refused).toBeGreaterThanOrEqual(1)
    expect(bench.simulator.stats().refused - before.refused).toBeLessThanOrEqual(8)
    expect(await bench.view("leapt").lines()).toEqual(bench.truth())
  })

  it("by days makes no day of the archive that has not begun by the gateway's", async () => {
    bench.simulator.setNow(Date.parse("2026-08-03T09:00:00+09:00"))
    const { accessKey, secretKey } = bench.simulator
    const { code, stdout } = await bench.backfill("days", [], {
      ...{ NCLOUD_ACCESS_KEY_ID: accessKey, NCLOUD_SECRET_ACCESS_KEY: secretKey },
      ...atTime(Date.parse("2026-08-05T09:00:00+09:00")),
    })
    expect([code, JSON.parse(stdout)]).toMatchObject([
      0,
      { outcome: "complete", days: { planned: 3, closed: 2, open: 1 }, problems: [] },
    ])
    expect(Object.keys(await bench.view("days").ledger())).toEqual(["2026-08-01", "2026-08-02", "2026-08-03"])
  })
})
