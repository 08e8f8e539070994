/** Night after night as an operator's cron runs it: the program in a process of its own, at the world's own time. */
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ArchiveView } from "./ArchiveView.fixture.ts"
import { csvView, postgresView } from "./ArchiveView.fixture.ts"
import { atTime } from "./atTime.fixture.ts"
import type { RecordingRelay } from "./RecordingRelay.fixture.ts"
import { refusal, startRecordingRelay } from "./RecordingRelay.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

let bench: Workbench
let relay: RecordingRelay
/** A minute passes between two runs, since a reading from before the stored one is dropped. */
let runs = 0
/** The start of the day that the gateway refuses to tell of. */
let refused: number | undefined

const firstDay = "2026-08-01"
const rowsPerDay = 60
const dateOf = (day: number) => `2026-08-${String(day).padStart(2, "0")}`
/** Midnight in Korea. */
const startOf = (day: number) => Date.parse(`${dateOf(day)}T00:00:00+09:00`)
const threeOClock = (day: number) => startOf(day) + 3 * 3_600_000

beforeAll(async () => {
  bench = await openWorkbench({
    firstDay,
    days: 20,
    rowsPerDay,
    slowDay: null,
    stuckShare: 0,
    now: threeOClock(9),
    seed: 5,
  })
  relay = await startRecordingRelay(bench.simulator.baseUrl, (url) => {
    const from = Number(url.searchParams.get("workStartTimeFrom"))
    const to = Number(url.searchParams.get("workStartTimeTo"))
    return from === refused && to - from === 86_399_999 ? refusal : undefined
  })
})

afterAll(async () => {
  await relay.close()
  await bench.close()
})

const start = (view: ArchiveView, day: number, args: ReadonlyArray<string>) => {
  const now = threeOClock(day) + runs++ * 60_000
  bench.simulator.setNow(now)
  const env = { ...view.env, ...atTime(now), VODSTATION_BASE_URL: relay.baseUrl }
  return startProgram([...args, "--json", ...view.flags], env, bench.home)
}

const nightly = async (view: ArchiveView, day: number, ...flags: ReadonlyArray<string>) => {
  const before = bench.simulator.stats().requests
  const run = await start(view, day, ["nightly", ...flags]).ended
  const report = JSON.parse(run.stdout)
  expect(report.command).toBe("nightly")
  return { ...run, report, requests: bench.simulator.stats().requests - before }
}

const planned = async (view: ArchiveView, day: number, ...flags: ReadonlyArray<string>) => {
  const { code, stdout, stderr } = await start(view, day, ["plan", ...flags]).ended
  expect([code, stderr]).toEqual([0, ""])
  return JSON.parse(stdout)
}

/** Dates of the days whose last reading, or last failure to be loaded at all, is of this run. */
const readBy = async (view: ArchiveView, runId: string) =>
  Object.entries(await view.days())
    .filter(([, day]) => day.runId === runId)
    .map(([date]) => date)
    .toSorted()

/** The archive holds every row of the world from the first day of the archive up to the night. */
const expectTruth = async (view: ArchiveView, fromDay: number, day: number) => {
  const { lines } = truthOf(bench.simulator.world, startOf(fromDay), bench.simulator.world.now() - 5 * 60_000)
  expect(lines.length).toBeGreaterThan((day - fromDay) * rowsPerDay - 60)
  expect(await view.lines()).toEqual(lines)
}

const statesOf = async (view: ArchiveView) =>
  Object.fromEntries(Object.entries(await view.days()).map(([date, { state }]) => [date, state]))

describe.each([
  ["Postgres", postgresView],
  ["CSV files", csvView],
])("night after night into %s", (_, viewOf) => {
  let view: ArchiveView
  beforeAll(() => {
    view = viewOf(bench, "nights")
  })

  it("the first night begins with --since; killed outright, it leaves a day in flight and a failed one behind", async () => {
    refused = startOf(6)
    // The first day tells its total and its first page, and then no more; the second one cannot close.
    bench.simulator.setOptions({
      faultPlan: ({ workStartTimeFrom: from, pageNo }) =>
        from! >= startOf(4) && from! < startOf(5) && pageNo! > 1 ? "stall" : null,
    })
    const { rows } = bench.simulator.world
    const running = rows.add({ requestTimeMs: startOf(5) + 50_000_000, endMs: Infinity })
    const night = start(view, 9, ["nightly", "--since", "-5d", "--page-size", "20"])
    const states = (): Promise<Record<string, string>> => statesOf(view).catch(() => ({}))
    const cameToAnEnd = async () => {
      const of = await states()
      return of[dateOf(5)] !== undefined && of[dateOf(6)] !== undefined
    }
    const deadline = Date.now() + 30_000
    while (!(await cameToAnEnd()) && Date.now() < deadline) await delay(50)
    night.kill("SIGKILL")
    expect((await night.ended).code).toBeNull()
    bench.simulator.setOptions({ faultPlan: null })
    refused = undefined
    rows.change(running, { endMs: startOf(9) })
    // The archive's first day was in flight all the while; later ones came to their end.
    expect(await states()).toMatchObject({
      [dateOf(4)]: "failed",
      [dateOf(5)]: "open",
      [dateOf(6)]: "failed",
    })
    expect(await view.outcomes()).toEqual([null])
  })

  it("the next night reads what was in flight, what failed, what was open, and what is new", async () => {
    const done = Object.entries(await statesOf(view)).flatMap(([date, state]) =>
      state === "closed" ? [date] : [],
    )
    const { code, stderr, report } = await nightly(view, 10, "--since", "-5d")
    expect([code, stderr]).toEqual([0, ""])
    expect(report).toMatchObject({ outcome: "complete", problems: [] })
    expect(report.days).toEqual({
      planned: 7,
      skipped: done.length,
      closed: 6 - done.length,
      open: 1,
      failed: 0,
    })
    const days = [4, 5, 6, 7, 8, 9, 10].map(dateOf)
    expect(await readBy(view, report.runId)).toEqual(days.filter((date) => !done.includes(date)))
    await expectTruth(view, 4, 10)
  })

  it("a second run with nothing new asks a handful of requests and changes nothing", async () => {
    const { code, report, requests } = await nightly(view, 10)
    expect([code, report.days.skipped, report.days.open]).toEqual([0, 6, 1])
    expect(report.rows).toMatchObject({ inserted: 0, changed: 0, missing: 0, withdrawn: 0 })
    expect(requests).toBe(report.requests)
    expect(requests).toBeGreaterThanOrEqual(3)
    expect(requests).toBeLessThanOrEqual(8)
  })

  it("reads again a closed day that gained a row and one that lost a third, and does not believe the loss yet", async () => {
    const { world } = bench.simulator
    const gained = viewOf === postgresView ? 5 : 6
    const lost = viewOf === postgresView ? 7 : 8
    world.rows.add({ requestTimeMs: startOf(gained) + 40_000_000 })
    const [from, before] = [startOf(lost) + 36_000_000, startOf(lost) + 60_000_000]
    const gone = world.truth(from, before).length
    expect(gone).toBeGreaterThan(10)
    world.rows.clear(from, before)

    const plan = await planned(view, 11, "--probe")
    expect(plan).toMatchObject({ command: "plan", of: "nightly", skipped: 4 })
    const first = await nightly(view, 11)
    expect(first.code).toBe(4)
    expect(first.report).toMatchObject({
      outcome: "incomplete",
      days: { skipped: 4, closed: 2, open: 2, failed: 0 },
    })
    expect(first.report.rows).toMatchObject({ missing: 0, withdrawn: 0 })
    expect(first.report.problems).toMatchObject([{ day: dateOf(lost), error: "DayShrunk" }])
    // What was planned is what was read.
    const read = await readBy(view, first.report.runId)
    expect(read).toEqual([gained, lost, 10, 11].map(dateOf))
    expect(plan.days.map(({ day }: { day: string }) => day)).toEqual(read)
    expect(plan.days.map(({ reason }: { reason: string }) => reason)).toEqual([
      "changed",
      "changed",
      "open",
      "new",
    ])
    const { lines } = truthOf(world, startOf(gained), startOf(gained + 1))
    expect((await view.counted())[dateOf(gained)]).toBe(lines.length)

    // Once more the plan, from the archive alone.
    const next = await planned(view, 12)
    const second = await nightly(view, 12)
    expect([second.code, second.report.problems]).toEqual([0, []])
    expect(second.report.rows).toMatchObject({ missing: gone, withdrawn: 0 })
    expect(next.days.map(({ day }: { day: string }) => day)).toEqual(await readBy(view, second.report.runId))
    expect(next.days.map(({ reason }: { reason: string }) => reason)).toEqual(["failed", "open", "new"])
    expect(await statesOf(view)).toMatchObject({ [dateOf(gained)]: "closed", [dateOf(lost)]: "closed" })
  })

  it("names, in its status, the encoding that has been under way for days, which keeps its day open", async () => {
    const { rows } = bench.simulator.world
    const stuck = rows.add({
      requestTimeMs: startOf(11) + 30_000_000,
      startMs: startOf(11) + 40_000_000,
      endMs: Infinity,
      outputType: "auto_90fps_abr",
    })
    expect((await nightly(view, 14)).report.days).toMatchObject({ closed: 2, open: 2, failed: 0 })
    const { stdout } = await start(view, 14, ["status"]).ended
    expect(JSON.parse(stdout)).toMatchObject({
      open: 2,
      stuck: [{ day: dateOf(11), openRows: 1, days: 3 }],
      stuckEncodings: [
        {
          day: dateOf(11),
          days: 3,
          categoryId: "10019",
          filePath: stuck.filePath,
          outputType: "auto_90fps_abr",
          status: "RUNNING",
          since: new Date(startOf(11) + 40_000_000).toISOString(),
        },
      ],
    })
    rows.remove(stuck)
  })
})

it("a night that is out of quota says when to go on, keeps what it has, and the next run goes on there", async () => {
  const view = postgresView(bench, "quota")
  const spendAfter = (requests: number) =>
    bench.simulator.setOptions({ quotaAfterRequests: bench.simulator.stats().requests + requests })
  spendAfter(0)
  const none = await start(view, 9, ["nightly"]).ended
  expect([none.code, none.stdout]).toEqual([4, ""])
  expect(none.stderr).toMatch(/^vodstation-etl: The account's quota of API calls is spent: .*renewed/)
  expect(await bench.schemaExists("quota")).toBe(false)

  spendAfter(14)
  const some = await nightly(view, 9, "--concurrency", "1")
  bench.simulator.setOptions({ quotaAfterRequests: null })
  expect([some.code, some.report.outcome]).toEqual([4, "incomplete"])
  expect(some.report.problems).toMatchObject([
    { day: null, error: "QuotaSpent", message: expect.stringContaining("renewed") },
  ])
  const loaded = some.report.days.closed
  expect(loaded).toBeGreaterThanOrEqual(1)

  const rest = await nightly(view, 9)
  expect(rest.code).toBe(0)
  expect(rest.report.days).toEqual({ planned: 8, skipped: loaded, closed: 7 - loaded, open: 1, failed: 0 })
  await expectTruth(view, 2, 9)
})

it("a day stays open until --settle has passed since its end, by the gateway's clock", async () => {
  const view = csvView(bench, "settle")
  const backfill = (...flags: ReadonlyArray<string>) =>
    start(view, 9, ["backfill", "--from", dateOf(8), "--to", dateOf(9), ...flags]).ended
  expect((await backfill("--settle", "4h")).code).toBe(0)
  expect(await statesOf(view)).toEqual({ [dateOf(8)]: "open" })
  expect((await backfill("--settle", "3h")).code).toBe(0)
  expect(await statesOf(view)).toEqual({ [dateOf(8)]: "closed" })
})
