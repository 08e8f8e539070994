/** The archive held against the API, as an operator does it: both counted for real, and one of them tampered with. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ArchiveView } from "./ArchiveView.fixture.ts"
import { csvView, postgresView } from "./ArchiveView.fixture.ts"
import { atTime } from "./atTime.fixture.ts"
import type { RecordingRelay } from "./RecordingRelay.fixture.ts"
import { refusal, startRecordingRelay } from "./RecordingRelay.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { contentsOf, openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { truthOf } from "./worldTruth.fixture.ts"

let bench: Workbench
let relay: RecordingRelay
/** A minute passes between two runs, since a reading from before the stored one is dropped. */
let runs = 0

const now = Date.parse("2026-08-08T03:00:00+09:00")
const dateOf = (day: number) => `2026-08-0${day}`
const startOf = (day: number) => Date.parse(`${dateOf(day)}T00:00:00+09:00`)

beforeAll(async () => {
  bench = await openWorkbench({
    firstDay: dateOf(1),
    days: 10,
    rowsPerDay: 60,
    slowDay: null,
    stuckShare: 0,
    now,
  })
  relay = await startRecordingRelay(bench.simulator.baseUrl, (url) => {
    const from = Number(url.searchParams.get("workStartTimeFrom"))
    if (!url.pathname.endsWith("/status-statistic")) return undefined
    if (from === startOf(1)) {
      const counts = { waiting: 0, running: 0, complete: 1, failure: 2, canceled: 0 }
      return { status: 200, body: JSON.stringify({ content: counts }) }
    }
    return from === startOf(2) ? refusal : undefined
  })
})

afterAll(async () => {
  await relay.close()
  await bench.close()
})

const run = async (
  view: ArchiveView,
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>> = {},
) => {
  const time = now + runs++ * 60_000
  bench.simulator.setNow(time)
  const ended = await runProgram([...args, ...view.flags], {
    env: { ...view.env, ...atTime(time), VODSTATION_BASE_URL: relay.baseUrl, ...env },
  })
  expect(ended.stderr).not.toMatch(/unexpected error/)
  return ended
}

const audit = async (view: ArchiveView, to: number, ...flags: ReadonlyArray<string>) => {
  const ended = await run(view, ["audit", "--from", dateOf(1), "--to", dateOf(to), "--json", ...flags])
  return { ...ended, report: JSON.parse(ended.stdout) }
}

/** Deletes one row by hand. */
const deleteFrom = async (view: ArchiveView, schema: string, day: number) => {
  if (view.flags.length === 0) {
    await bench.execute(
      schema,
      `DELETE FROM encoding WHERE (work_date, file_path, output_type) =
         (SELECT work_date, file_path, output_type FROM encoding WHERE work_date = '${dateOf(day)}' LIMIT 1)`,
    )
    return
  }
  for (const part of ["encoding", "encoding_provenance"]) {
    const file = join(bench.home, schema, part, `${dateOf(day)}.csv`)
    const lines = readFileSync(file, "utf8").split("\n")
    writeFileSync(file, lines.toSpliced(5, 1).join("\n"))
  }
}

const everythingIn = async (view: ArchiveView, name: string) =>
  view.flags.length > 0
    ? contentsOf(join(bench.home, name))
    : {
        rows: await view.lines(),
        days: await view.days(),
        runs: await view.outcomes(),
      }

describe.each([
  ["Postgres", postgresView],
  ["CSV files", csvView],
])("an archive in %s", (_, viewOf) => {
  let view: ArchiveView
  beforeAll(async () => {
    view = viewOf(bench, "audited")
    const filled = await run(view, ["backfill", "--from", dateOf(1), "--to", dateOf(6)])
    expect([filled.code, filled.stderr]).toEqual([0, ""])
  })

  it("that lacks rows is found out, day by day, and is not changed", async () => {
    await deleteFrom(view, "audited", 3)
    const before = await everythingIn(view, "audited")
    const asked = bench.simulator.stats().requests
    const { code, report, stderr } = await audit(view, 9)
    expect(code).toBe(4)
    expect(await everythingIn(view, "audited")).toEqual(before)
    // Of the statistics, two were answered by others.
    expect(bench.simulator.stats().requests - asked).toBe(8 * 2 - 2)
    const found = report.days.map((day: any) => [
      day.day.slice(-1),
      day.state,
      day.verdict,
      day.present - day.api,
    ])
    expect(found).toEqual([
      ["1", "closed", "same", 0],
      ["2", "closed", "same", 0],
      ["3", "closed", "apiHasMore", -1],
      ["4", "closed", "same", 0],
      ["5", "closed", "same", 0],
      ["6", "notRead", "apiHasMore", -60],
      ["7", "notRead", "apiHasMore", -60],
      ["8", "notRead", "notSettled", expect.any(Number)],
    ])
    expect(report.verdicts).toEqual({ same: 4, apiHasMore: 3, forgotten: 0, notSettled: 1, notAnswered: 0 })
    // The statistics contradict the list on one day, and are not told on another: worth a word and no more.
    expect(report.statisticDiffers).toBe(1)
    expect(report.days.map((day: any) => day.statistic).slice(0, 3)).toEqual([3, null, 60])
    expect(stderr).toMatch(/^warn: 2026-08-02: The gateway does not accept GET [^\n]*\n$/)
  })

  it("that lacks a row has it again after --repair, though the API tells what it told before", async () => {
    const { code, report } = await audit(view, 6, "--repair")
    expect(code).toBe(0)
    expect(report.verdicts).toMatchObject({ same: 4, apiHasMore: 1 })
    expect(report.repair).toMatchObject({ command: "audit", outcome: "complete" })
    expect(report.repair.days).toMatchObject({ planned: 5, skipped: 4, closed: 1, open: 0 })
    expect(report.repair.rows).toMatchObject({ inserted: 1, unchanged: 59, changed: 0 })
    expect(await view.lines()).toEqual(truthOf(bench.simulator.world, startOf(1), startOf(6)).lines)
    expect(await view.outcomes()).toEqual(["complete", "complete"])
  })

  it("that lacks a row still lacks it after --repair by a clock that was set back, which ends with 4 and says why", async () => {
    await deleteFrom(view, "audited", 3)
    const passed = runs
    runs = -60
    const { code, report } = await audit(view, 6, "--repair").finally(() => (runs = passed))
    expect(code).toBe(4)
    expect(report.repair).toMatchObject({
      outcome: "incomplete",
      days: { planned: 5, skipped: 5, closed: 0, open: 0, failed: 0 },
      problems: [{ day: dateOf(3), error: "ReadingOutdated" }],
    })
    expect((await audit(view, 6, "--repair")).report.repair).toMatchObject({ rows: { inserted: 1 } })
    expect(await view.lines()).toEqual(truthOf(bench.simulator.world, startOf(1), startOf(6)).lines)
  })

  it("that keeps what the API has forgotten is right, and the audit says so in words", async () => {
    bench.simulator.setOptions({ retentionDays: 3.5 })
    const asked = run(view, ["audit", "--from", dateOf(1), "--to", dateOf(6)])
    const { code, stdout } = await asked.finally(() => bench.simulator.setOptions({ retentionDays: null }))
    expect(code).toBe(0)
    const [first, ...rest] = stdout.split("\n")
    expect(first).toMatch(
      /against the API, 2026-08-01 to 2026-08-05: 5 days, 1 the same, 4 of which the API has forgotten/,
    )
    const lines = rest
      .filter((line) => line.includes("2026-08-"))
      .map((line) => line.replaceAll(/[│\s]+/g, " ").trim())
    expect(lines).toHaveLength(4)
    expect(lines[0]).toBe("2026-08-01 closed 0 60 60 forgotten by the API; its statistics say 3")
    expect(lines[2]).toBe("2026-08-03 closed 0 60 60 forgotten by the API")
    expect(lines[3]).toMatch(/^2026-08-04 closed \d+ 60 \d+ forgotten by the API$/)
  })

  it("is held against no other host than its own", async () => {
    const other = relay.baseUrl.replace("127.0.0.1", "localhost")
    const asked = bench.simulator.stats().requests
    const { code, stdout, stderr } = await run(view, ["audit", "--from", dateOf(1)], {
      VODSTATION_BASE_URL: other,
    })
    expect([code, stdout]).toEqual([2, ""])
    expect(stderr).toMatch(/is filled from 127\.0\.0\.1/)
    expect(bench.simulator.stats().requests).toBe(asked)
  })
})
