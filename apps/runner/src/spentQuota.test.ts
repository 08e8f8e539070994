/** A quota that is spent: the run stops in order, says when to go on, and goes on where it was. */
import { existsSync } from "node:fs"
import { afterAll, beforeAll, expect, it } from "vitest"
import type { CsvBench } from "./CsvBench.fixture.ts"
import { daysAskedOf, openCsvBench } from "./CsvBench.fixture.ts"
import { Effect } from "effect"
import * as CsvArchive from "@vodstation-etl/load/csv/CsvArchive"

let bench: CsvBench

beforeAll(async () => {
  bench = await openCsvBench({ firstDay: "2026-08-01", days: 6, rowsPerDay: 200, stuckShare: 0, seed: 6 })
})
afterAll(() => bench.close())

const manyPages = ["--page-size", "10"]

const whenToGoOn =
  /^The account's quota of API calls is spent: HTTP 429, error 400: .*running the same command again goes on where it was\. .*Daily quotas are usually renewed at midnight KST, that is in \d+ (s|min|h)\.$/

const ledgerOf = (flags: ReadonlyArray<string>) =>
  Effect.runPromise(
    CsvArchive.make({ folder: flags.at(-1)!, timeZone: undefined, excel: undefined, access: "read" }).pipe(
      Effect.flatMap((archive) => archive.ledger()),
      Effect.scoped,
    ),
  )

it("in the middle of a run ends it with 4, marks no day as failed, and the next run asks for nothing that is closed", async () => {
  const view = bench.view("spent")
  bench.simulator.setOptions({ quotaAfterRequests: bench.simulator.stats().requests + 95, latencyMs: 10 })
  const run = await bench.backfill("spent", manyPages)

  expect(run.code).toBe(4)
  const report = JSON.parse(run.stdout)
  expect(report).toMatchObject({
    outcome: "incomplete",
    days: { planned: 6, failed: 0 },
    problems: [{ day: null, error: "QuotaSpent", message: expect.stringMatching(whenToGoOn) }],
  })
  expect(report.days.closed).toBeGreaterThanOrEqual(1)
  expect(report.days.closed).toBeLessThan(6)
  const ledger = await ledgerOf(view.flags)
  const closed = ledger.filter(({ state, error }) => state === "closed" && error === null)
  expect(closed).toHaveLength(report.days.closed)
  // Where the first day is not among them, its mark is still there (`markBeginning.ts`).
  for (const { workDate, error } of ledger.filter((day) => !closed.includes(day)))
    expect([workDate, error]).toEqual(["2026-08-01", expect.stringMatching(/^NotReadYet/)])
  expect(await view.counted()).toEqual(
    Object.fromEntries(closed.map(({ workDate, rowCount }) => [workDate, rowCount])),
  )
  expect(await view.remains()).toEqual([])
  // Nothing is asked any more once the quota is known to be spent, but for what was under way.
  expect(bench.simulator.stats().faults["quota"]).toBeLessThanOrEqual(8)

  bench.simulator.setOptions({ quotaAfterRequests: null, latencyMs: 0 })
  const asked = bench.simulator.stats().targets.length
  const next = await bench.backfill("spent", manyPages)
  expect([next.code, next.stderr]).toEqual([0, ""])
  expect(JSON.parse(next.stdout)).toMatchObject({
    outcome: "complete",
    days: { skipped: report.days.closed, closed: 6 - report.days.closed },
  })
  const again = bench.simulator.stats().targets.slice(asked)
  expect(again.length).toBeGreaterThan(0)
  expect(
    daysAskedOf(
      again,
      closed.map(({ workDate }) => workDate),
    ),
  ).toEqual([])
  expect(await view.lines()).toEqual(bench.truth())
})

it("before a run has read anything is told in one line, and leaves nothing behind", async () => {
  bench.simulator.setOptions({ quotaAfterRequests: 0 })
  const run = await bench.backfill("untouched")
  bench.simulator.setOptions({ quotaAfterRequests: null })
  expect(run.code).toBe(4)
  expect(run.stdout).toBe("")
  expect(run.stderr).toMatch(/^vodstation-etl: The account's quota of API calls is spent: [^\n]*\n$/)
  expect(existsSync(bench.view("untouched").flags.at(-1)!)).toBe(false)
})
