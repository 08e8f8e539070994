/**
 * The diary of a machine that runs `nightly` at three every night, ten nights in August, and of all that befalls it: a
 * gateway that is down, a database that is restarted, a clock that leaps, a machine that is off, a quota that runs out. Each
 * night ends with the right exit code and the right report, and after the tenth the archive is as the world is.
 */
import { Effect } from "effect"
import { useEmbeddedPostgres } from "@vodstation-etl/load/postgres/embedded/EmbeddedPostgres"
import { stopImmediately } from "@vodstation-etl/load/postgres/embedded/stopImmediately.fixture"
import type { TestHome } from "@vodstation-etl/load/postgres/embedded/testHome.fixture"
import { testHome } from "@vodstation-etl/load/postgres/embedded/testHome.fixture"
import { readableKinds, rejectedKinds } from "@vodstation-etl/simulator/LooseKind"
import type { SimulatorOptions } from "@vodstation-etl/simulator/SimulatorOptions"
import type { TrueRow } from "@vodstation-etl/simulator/TrueRow"
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest"
import type { ArchiveView } from "./ArchiveView.fixture.ts"
import { csvView, postgresView } from "./ArchiveView.fixture.ts"
import { atTime, leapingClock, waitingLittleAt } from "./atTime.fixture.ts"
import type { StartedProgram } from "./startProgram.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

const hour = 3_600_000
/** That the clock goes wrong by: far enough to call today another day. */
const leap = 26 * hour
const dateOf = (day: number) => `2026-08-${String(day).padStart(2, "0")}`
/** Midnight in Korea. */
const startOf = (day: number) => Date.parse(`${dateOf(day)}T00:00:00+09:00`)
const threeOClock = (day: number) => startOf(day) + 3 * hour

const world: Partial<SimulatorOptions> = {
  firstDay: "2026-08-01",
  days: 24,
  rowsPerDay: 60,
  slowDay: null,
  stuckShare: 0,
  now: threeOClock(11),
  seed: 10,
  generation: "mixed",
  looseness: 0.02,
  // A status that nobody knows may change, and keeps its day open.
  looseKinds: [...readableKinds, ...rejectedKinds].filter((kind) => kind !== "statusUnknown"),
}

describe.each([
  ["Postgres", postgresView],
  ["CSV files", csvView],
])("ten nights into %s", (_, viewOf) => {
  const isPostgres = viewOf === postgresView
  let server: TestHome
  let bench: Workbench
  let view: ArchiveView
  /** What the reports say has come into the archive, and what has left it. */
  let added = 0
  /** An encoding that takes three days. */
  let slow: TrueRow

  const useServer = Effect.suspend(() => useEmbeddedPostgres(server.home))
  beforeAll(async () => {
    server = await testHome()
    bench = isPostgres
      ? await openWorkbench(
          world,
          Effect.map(useServer, ({ url }) => url),
        )
      : await openWorkbench(world)
    view = viewOf(bench, "nights")
  })
  afterAll(async () => {
    await bench.close()
    await server[Symbol.asyncDispose]()
  })

  const start = (day: number, args: ReadonlyArray<string>, env: Readonly<Record<string, string>> = {}) => {
    bench.simulator.setNow(threeOClock(day))
    return startProgram(
      [...args, ...view.flags],
      { ...view.env, ...atTime(threeOClock(day)), ...env },
      bench.home,
    )
  }

  /** The night's run, with what befalls it: how it ended, what its report says, and what it said on the way. */
  const night = async (
    day: number,
    env: Readonly<Record<string, string>> = {},
    befalls: (run: StartedProgram) => Promise<void> = async () => {},
  ) => {
    const run = start(day, ["nightly", "--since", "-3d", "--json", "--page-size", "20"], env)
    await befalls(run)
    const { code, stdout, stderr } = await run.ended
    bench.simulator.setOptions({ faultPlan: null, onRequest: null, latencyMs: 0, quotaAfterRequests: null })
    if (stdout === "") return { code, said: stderr }
    const { outcome, days, rows, problems } = JSON.parse(stdout)
    added += rows.inserted - rows.withdrawn
    const named = problems.map(({ day, error }: { day: string | null; error: string }) => [day, error])
    return {
      code,
      outcome,
      days,
      problems: named,
      missing: rows.missing,
      remains: await view.remains(),
      said: stderr,
    }
  }

  const ended = (code: number, outcome: string, days: object, problems: ReadonlyArray<unknown> = []) => ({
    code,
    outcome,
    days: { skipped: 0, closed: 0, open: 0, failed: 0, ...days },
    problems,
    missing: 0,
    remains: [],
  })

  /** Tells the total of the day, and no more, until it is released: the other days come to their end. */
  const holdBack = (day: number) =>
    bench.simulator.setOptions({
      faultPlan: ({ workStartTimeFrom: from, workStartTimeTo: to, pageNo }) => {
        const isOfDay = from! >= startOf(day) && from! < startOf(day + 1)
        return isOfDay && (pageNo! > 1 || to! - from! < 24 * hour - 1) ? "badGateway" : undefined
      },
    })
  const release = () => bench.simulator.setOptions({ faultPlan: null })

  const comeToTheirEnd = async (states: Readonly<Record<number, string>>) => {
    const found = (): Promise<Readonly<Record<string, { readonly state: string }>>> =>
      view.days().catch(() => ({}))
    const haveCome = async () => {
      const days = await found()
      return Object.entries(states).every(([day, state]) => days[dateOf(Number(day))]?.state === state)
    }
    await vi.waitUntil(haveCome, { timeout: 20_000, interval: 20 })
  }

  const afterRequests = (requests: number, happens: () => void) => {
    const at = bench.simulator.stats().requests + requests
    bench.simulator.setOptions({ latencyMs: 20, onRequest: ({ number }) => number === at && happens() })
  }

  it("11 August, the first night: the last three days, and today so far", async () => {
    const { said, ...told } = await night(11)
    expect(told).toEqual(ended(0, "complete", { planned: 4, closed: 3, open: 1 }))
    expect(said).toBe("")
  })

  it("12 August: an encoding of yesterday is still under way, and keeps its day open", async () => {
    slow = bench.simulator.world.rows.add({ requestTimeMs: startOf(11) + 14 * hour, endMs: startOf(20) })
    const { said, ...told } = await night(12)
    expect(told).toEqual(ended(0, "complete", { planned: 5, skipped: 3, open: 2 }))
    expect(said).toBe("")
  })

  it("13 August: the gateway is down, and nothing is touched", async () => {
    const before = await view.days()
    const { said, ...told } = await night(13, {
      VODSTATION_BASE_URL: "http://127.0.0.1:1",
      ...waitingLittleAt(threeOClock(13)),
    })
    expect(told).toEqual({ code: 1 })
    expect(said).toMatch(/^vodstation-etl: [^\n]*127\.0\.0\.1:1[^\n]*\n$/)
    expect(await view.days()).toEqual(before)
  })

  it("14 August: it answers a few questions, and is down again", async () => {
    const down = bench.simulator.stats().requests + 3
    bench.simulator.setOptions({ faultPlan: ({ number }) => (number > down ? "badGateway" : null) })
    const { said, ...told } = await night(14, waitingLittleAt(threeOClock(14)))
    const days = [11, 12, 13, 14].map(dateOf)
    expect(told).toEqual(
      ended(
        4,
        "incomplete",
        { planned: 7, skipped: 3, failed: 4 },
        days.map((day) => [day, "GatewayBroken"]),
      ),
    )
    for (const day of days) expect(said).toContain(`${day} failed: `)
    bench.simulator.world.rows.change(slow, { endMs: startOf(14) + 12 * hour })
  })

  it("15 August: all is caught up with; the database is restarted in the middle of it", async () => {
    const { said, ...told } = await night(15, {}, async (run) => {
      if (!isPostgres) return
      holdBack(13)
      await comeToTheirEnd({ 11: "closed", 12: "closed", 14: "closed", 15: "open" })
      await stopImmediately(server.folder)
      release()
      const hasNoticed = () => /Waiting for it|read and loaded again/.test(run.saidSoFar())
      await vi.waitUntil(hasNoticed, { timeout: 20_000, interval: 20 })
      await Effect.runPromise(Effect.scoped(useServer))
    })
    expect(told).toEqual(ended(0, "complete", { planned: 8, skipped: 3, closed: 4, open: 1 }))
    expect(said).toMatch(isPostgres ? /^warn: .*(Waiting for it|read and loaded again)/ : /^$/)
  })

  it("16 August: in the middle of the run the machine's clock leaps into tomorrow", async () => {
    const { said, ...told } = await night(16, leapingClock(threeOClock(16), leap), async (run) =>
      afterRequests(5, () => run.kill("SIGUSR2")),
    )
    expect(told).toEqual(ended(0, "complete", { planned: 9, skipped: 7, closed: 1, open: 1 }))
    expect(said).toMatch(/^warn: This machine's clock is 26 h ahead of the gateway's\. [^\n]*\n$/)
  })

  it("17 August: it still is ahead, and leaps back", async () => {
    const { said, ...told } = await night(17, leapingClock(threeOClock(17) + leap, -leap), async (run) =>
      afterRequests(5, () => run.kill("SIGUSR2")),
    )
    expect(told).toEqual(ended(0, "complete", { planned: 10, skipped: 8, closed: 1, open: 1 }))
    expect(said).toMatch(/^warn: This machine's clock is 26 h ahead of the gateway's\. [^\n]*\n/)
  })

  it("20 August: the machine was off for two nights; the quota is spent before the last of four days is in", async () => {
    const { said, ...told } = await night(20, {}, async () => {
      holdBack(19)
      await comeToTheirEnd({ 17: "closed", 18: "closed", 20: "open" })
      bench.simulator.setOptions({ quotaAfterRequests: bench.simulator.stats().requests })
      release()
    })
    expect(told).toEqual(
      ended(4, "incomplete", { planned: 13, skipped: 9, closed: 2, open: 1 }, [[null, "QuotaSpent"]]),
    )
    expect(said).toMatch(/quota of API calls is spent/)
  })

  it("21 August: the night goes on where that one was", async () => {
    const { said, ...told } = await night(21)
    expect(told).toEqual(ended(0, "complete", { planned: 14, skipped: 11, closed: 2, open: 1 }))
    expect(said).toBe("")
  })

  it("22 August: a day that was closed has gained a row, and is read again", async () => {
    bench.simulator.world.rows.add({ requestTimeMs: startOf(12) + 11 * hour })
    const { said, ...told } = await night(22)
    expect(told).toEqual(ended(0, "complete", { planned: 15, skipped: 12, closed: 2, open: 1 }))
    expect(said).toBe("")
  })

  it("then nothing is lost: the archive is as the world is, row by row, whole, and without a gap", async () => {
    const { lines, rejects } = truthOf(bench.simulator.world, startOf(8), threeOClock(22) - 5 * 60_000)
    expect([lines.length > 14 * 55, rejects.length > 0]).toEqual([true, true])
    expect(await view.lines()).toEqual(lines)
    expect(added).toBe(lines.length)
    const days = Object.entries(await view.days())
      .map(([date, { state, error }]) => [date, state, error])
      .toSorted()
    const expected = Array.from({ length: 15 }, (_, index) => [
      dateOf(8 + index),
      index === 14 ? "open" : "closed",
      null,
    ])
    expect(days).toEqual(expected)
    const outcomes = ["complete", "complete", "incomplete", "complete", "complete", "complete"]
    expect(await view.outcomes()).toEqual([...outcomes, "incomplete", "complete", "complete"])

    const check = await start(22, ["check"]).ended
    expect([check.code, check.stdout, check.stderr]).toEqual([0, expect.stringContaining("whole"), ""])
    const audit = await start(22, ["audit", "--from", dateOf(8), "--json"]).ended
    expect([audit.code, audit.stderr]).toEqual([0, ""])
  })
})
