/** A run that is interrupted ends soon, the archive holds whole days only, and the next run goes on to the truth. */
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ArchiveView } from "./ArchiveView.fixture.ts"
import { csvView, postgresView } from "./ArchiveView.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

const days = 12
let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days, rowsPerDay: 300, stuckShare: 0, seed: 11 })
})

afterAll(() => bench.close())

const slow = { latencyMs: 60 }
beforeEach(() => bench.simulator.setOptions(slow))

const august = ["backfill", "--from", "2026-08-01", "--to", "2026-08-13", "--json"]
// Six and more requests a day, two at once: no day is done in a moment.
const unhurried = ["--page-size", "50", "--concurrency", "2"]

const start = (view: ArchiveView, flags: ReadonlyArray<string> = []) =>
  startProgram([...august, ...view.flags, ...flags], view.env, bench.home)

/** Starts a run and sends it a signal once some of its days are done and others are not. */
const stopInTheMiddle = async (view: ArchiveView, signal: NodeJS.Signals) => {
  const run = start(view, unhurried)
  const done = async () => Object.keys(await view.ledger().catch(() => ({}))).length
  const deadline = Date.now() + 20_000
  while ((await done()) < 3 && Date.now() < deadline) await delay(50)
  const sentAt = Date.now()
  run.kill(signal)
  const ended = await run.ended
  const found = await done()
  expect(found).toBeGreaterThanOrEqual(3)
  expect(found).toBeLessThan(days)
  return { ...ended, took: Date.now() - sentAt }
}

const expectWholeDaysOnly = async (view: ArchiveView) => {
  expect(await view.counted()).toEqual(await view.ledger())
}

const expectGoesOnToTheTruth = async (view: ArchiveView) => {
  bench.simulator.setOptions({ latencyMs: 0 })
  const before = Object.keys(await view.ledger()).length
  const { code, stdout, stderr } = await start(view).ended
  expect([code, stderr]).toEqual([0, ""])
  const report = JSON.parse(stdout)
  expect(report).toMatchObject({ outcome: "complete", days: { planned: days, skipped: before } })
  await expectTruth(view)
  expect(await view.remains()).toEqual([])
}

const expectTruth = async (view: ArchiveView) => {
  const { dayStarts } = bench.simulator.world
  const { lines } = truthOf(bench.simulator.world, dayStarts[0]!, dayStarts[days]!)
  expect(lines.length).toBeGreaterThan(days * 250)
  expect(await view.lines()).toEqual(lines)
  await expectWholeDaysOnly(view)
}

describe.each([
  ["Postgres", postgresView],
  ["CSV files", csvView],
])("a backfill into %s", (_, viewOf) => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("ends on %s with %i, soon, and with whole days only", async (signal, code) => {
    const view = viewOf(bench, signal.toLowerCase())
    const run = await stopInTheMiddle(view, signal)
    expect(run.stderr).toBe("")
    expect(run.code).toBe(code)
    expect(run.took).toBeLessThan(10_000)
    await expectWholeDaysOnly(view)
    expect(await view.outcomes()).toEqual(["interrupted"])
    expect(await view.remains()).toEqual([])
    expect(JSON.parse(run.stdout)).toMatchObject({ outcome: "interrupted", problems: [] })

    await expectGoesOnToTheTruth(view)
    expect(await view.outcomes()).toEqual(["complete", "interrupted"])
  })
})
