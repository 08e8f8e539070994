/** Two programs that fill one archive at once: in Postgres both end well; of CSV files one is the only writer, and the other is told. */
import { hostname } from "node:os"
import { lockTable, watchProgramSessions } from "@vodstation-etl/load/postgres/ProgramSessions.fixture"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import type { ArchiveView } from "./ArchiveView.fixture.ts"
import { csvView, postgresView } from "./ArchiveView.fixture.ts"
import { daysInFlight } from "./loadDays.ts"
import { atTime } from "./atTime.fixture.ts"
import type { StartedProgram } from "./startProgram.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

const days = 8
const now = Date.parse("2026-08-09T06:00:00+09:00")
let bench: Workbench

beforeAll(async () => {
  const world = { firstDay: "2026-08-01", days, rowsPerDay: 400, stuckShare: 0, seed: 23, now }
  bench = await openWorkbench({ ...world, clock: "ticking", latencyMs: 40 })
})
afterAll(() => bench.close())

const backfill = ["backfill", "--from", "2026-08-01", "--to", "2026-08-09"]
const nightly = ["nightly", "--since", "2026-08-01"]

/** @param skew how far the clock of its machine is off, ms */
const start = (view: ArchiveView, command: ReadonlyArray<string>, skew = 0) =>
  startProgram(
    [...command, "--json", "--page-size", "100", "--concurrency", "1", ...view.flags],
    { ...view.env, ...atTime(bench.simulator.world.now() + skew) },
    bench.home,
  )

const endsOf = async (runs: ReadonlyArray<StartedProgram>) =>
  (await Promise.all(runs.map(({ ended }) => ended))).map(({ code, stderr }) => [code, stderr])

const expectTruth = async (view: ArchiveView) => {
  const { world } = bench.simulator
  const { lines } = truthOf(world, world.dayStarts[0]!, world.dayStarts[days]!)
  expect(lines.length).toBeGreaterThan(days * 350)
  expect(await view.lines()).toEqual(lines)
  expect(await view.counted()).toEqual(await view.ledger())
  expect(await view.remains()).toEqual([])
}

/** Has one row of each day look another way. */
const changeWorld = () => {
  const { rows, dayStarts } = bench.simulator.world
  for (const start of dayStarts.slice(0, days)) {
    const encoded = rows.within(start, start + 86_400_000).find(({ outcome }) => outcome === "COMPLETE")!
    rows.change(encoded, { outputTotalSize: encoded.outputTotalSize + 1n })
  }
}

const untilDaysAreLoaded = (view: ArchiveView, count: number) =>
  vi.waitUntil(
    async () => {
      const found = Object.keys(await view.ledger().catch(() => ({}))).length
      return found >= count ? found : false
    },
    { timeout: 20_000, interval: 20 },
  )

describe("at once into Postgres,", () => {
  const historyOf = async (schema: string) =>
    (await bench.select(schema, "SELECT count(*)::int AS rows FROM encoding_history"))[0]!["rows"]
  let view: ArchiveView
  beforeAll(() => {
    view = postgresView(bench, "backfills")
  })
  const bothEndWell = [
    [0, ""],
    [0, ""],
  ]

  it("two backfills make the archive", async () => {
    const first = ["backfill", "--from", "2026-08-01", "--to", "2026-08-02"]
    expect(await endsOf([start(view, first), start(view, first)])).toEqual(bothEndWell)
    expect(Object.keys(await view.ledger())).toEqual(["2026-08-01"])
  })

  it.each([
    ["load", [], 0],
    ["change", ["--refresh"], days],
  ] as const)("two backfills %s the same days, each row once", async (_, flags, history) => {
    if (history > 0) changeWorld()
    // So that both have read what they will merge before either does.
    const unlock = await lockTable(bench.databaseUrl, "backfills.encoding")
    const sessions = await watchProgramSessions(bench.databaseUrl)
    const command = [...backfill, ...flags]
    const runs = [start(view, command, -1_500), start(view, command, 1_500)]
    const bothWait = async () => (await sessions.waiting()) > daysInFlight
    await vi.waitUntil(bothWait, { timeout: 20_000, interval: 20 })
    await unlock()
    expect(await endsOf(runs)).toEqual(bothEndWell)
    await sessions.close()
    await expectTruth(view)
    expect(await historyOf("backfills")).toBe(history)
  })

  it("a nightly during a backfill reads what is left, and makes no history up", async () => {
    const view = postgresView(bench, "night")
    const first = start(view, backfill)
    expect(await untilDaysAreLoaded(view, 1)).toBeLessThan(days)
    const night = start(view, nightly)
    expect(await endsOf([first, night])).toEqual(bothEndWell)
    await expectTruth(view)
    expect(await historyOf("night")).toBe(0)
    expect(await view.outcomes()).toEqual(["complete", "complete"])
  })
})

describe("at once into CSV files,", () => {
  const held = (view: ArchiveView, by: StartedProgram) =>
    expect.stringMatching(
      `^vodstation-etl: ${view.flags.at(-1)}: another program is writing to it: process ${by.pid} on ${hostname()}, since [-0-9T:.]+Z\\. Wait until it has ended, or end it\\. .*\\n$`,
    )

  it("a backfill and a nightly during a backfill are told who writes, and that one goes on", async () => {
    const view = csvView(bench, "during")
    const first = start(view, backfill)
    expect(await untilDaysAreLoaded(view, 1)).toBeLessThan(days)
    expect(await endsOf([start(view, backfill), start(view, nightly)])).toEqual([
      [2, held(view, first)],
      [2, held(view, first)],
    ])
    expect(await endsOf([first])).toEqual([[0, ""]])
    await expectTruth(view)
    expect(await view.outcomes()).toEqual(["complete"])
  })

  it("of two backfills that start at the same moment one fills the archive, and the other is told", async () => {
    const view = csvView(bench, "together")
    const runs = [start(view, backfill), start(view, backfill)]
    const ends = await endsOf(runs)
    const winner = ends.findIndex(([code]) => code === 0)
    expect(ends[winner]).toEqual([0, ""])
    expect(ends[1 - winner]).toEqual([2, held(view, runs[winner]!)])
    await expectTruth(view)
  })

  it("a backfill takes over from one that was killed", async () => {
    const view = csvView(bench, "killed")
    const first = start(view, backfill)
    const found = await untilDaysAreLoaded(view, 1)
    first.kill("SIGKILL")
    await first.ended
    expect(found).toBeLessThan(days)
    expect(await view.remains()).toContain(".lock")
    expect(await endsOf([start(view, backfill)])).toEqual([[0, ""]])
    await expectTruth(view)
    expect(await view.outcomes()).toEqual(["complete", null])
  })
})
