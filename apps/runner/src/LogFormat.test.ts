/** Standard error with `--log-format json`: one object a line, whatever there is to say. */
import { PassThrough } from "node:stream"
import { it as effectIt } from "@effect/vitest"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { aboutLogs } from "./logLayer.ts"
import { LogFormat, logFormatOf } from "./LogFormat.ts"
import { makeProgress } from "./Progress.ts"
import type { RecordingRelay } from "./RecordingRelay.fixture.ts"
import { refuseDay, startRecordingRelay } from "./RecordingRelay.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
/** Refuses to tell of the third of August. */
let relay: RecordingRelay

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 4, rowsPerDay: 60 })
  const third = Date.parse("2026-08-03T00:00:00+09:00")
  relay = await startRecordingRelay(bench.simulator.baseUrl, refuseDay(third))
})
afterAll(async () => {
  await relay.close()
  await bench.close()
})
afterEach(() => bench.simulator.setOptions({ faultPlan: null, refuseCredentials: false }))

const keys = ["time", "level", "message", "run", "day", "error"]

/** Every line, which must be an object with no more than the keys that there are. */
const linesOf = (stderr: string): ReadonlyArray<any> => {
  expect(stderr.endsWith("\n") || stderr === "").toBe(true)
  const lines = stderr
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line))
  for (const line of lines) {
    expect(Object.keys(line).filter((key) => !keys.includes(key))).toEqual([])
    expect(line).toMatchObject({
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: expect.stringMatching(/^(trace|debug|info|warn|error|fatal)$/),
      message: expect.stringMatching(/./),
    })
  }
  return lines
}

const run = async (
  schema: string,
  args: ReadonlyArray<string>,
  env: Readonly<Record<string, string>> = {},
) => {
  const ended = await runProgram([...args, "--log-format", "json"], {
    env: { ...bench.environment(schema), ...env },
  })
  return { ...ended, lines: linesOf(ended.stderr) }
}

const backfill = ["backfill", "--from", "2026-08-01", "--to", "2026-08-05", "--json", "--page-size", "20"]
const audit = ["audit", "--from", "2026-08-01", "--to", "2026-08-05", "--json"]

describe("each line is an object", () => {
  it("of a run that is complete, with what went on in it", async () => {
    bench.simulator.setOptions({ faultPlan: ({ number }) => (number % 7 === 0 ? "badGateway" : undefined) })
    const { code, stdout, lines } = await run("complete", [...backfill, "--log-level", "all"])
    expect(code).toBe(0)
    const { runId } = JSON.parse(stdout)
    const retried = lines.filter(({ message }) => /^Attempt \d+ failed/.test(message))
    expect(retried.length).toBeGreaterThan(0)
    const ofDays = retried.filter(({ day }) => day !== undefined)
    expect(ofDays.length).toBeGreaterThan(0)
    for (const line of ofDays) {
      expect(line).toMatchObject({ level: "debug", run: runId, day: expect.stringMatching(/^2026-08-0\d$/) })
    }

    const again = await run("complete", backfill)
    expect(again.lines).toEqual([
      { time: expect.any(String), level: "info", message: expect.stringMatching(/nothing to read/) },
    ])
  })

  it("of a run with problems, each with its run, its day and its name", async () => {
    const { code, stdout, lines } = await run("problems", backfill, { VODSTATION_BASE_URL: relay.baseUrl })
    const report = JSON.parse(stdout)
    expect([code, report.problems.length]).toEqual([4, 1])
    const [{ day, error, message }] = report.problems
    expect(lines).toEqual([
      {
        time: expect.any(String),
        level: "error",
        message: `${day} failed: ${message}`,
        run: report.runId,
        day,
        error,
      },
    ])
  })

  it("of a run that is refused in the middle", async () => {
    bench.simulator.setOptions({ faultPlan: ({ pageNo }) => (pageNo === 2 ? "unauthorized" : undefined) })
    const { code, stdout, lines } = await run("ended", backfill)
    const { runId, problems } = JSON.parse(stdout)
    expect(code).toBe(3)
    const { error, message } = problems.find(({ day }: any) => day === null)
    expect(lines.at(-1)).toEqual({ time: expect.any(String), level: "error", message, run: runId, error })
  })

  it("of an audit and a night that meet problems", async () => {
    await run("audited", backfill)
    const audited = await run("audited", audit, { VODSTATION_BASE_URL: relay.baseUrl })
    expect(audited.code).toBe(4)
    expect(audited.lines).toMatchObject([
      { level: "warn", day: "2026-08-03" },
      { level: "warn", day: "2026-08-03" },
    ])
    const night = ["nightly", "--since", "2026-08-01"]
    const nightly = await run("night", night, { VODSTATION_BASE_URL: relay.baseUrl })
    expect(nightly.code).toBe(4)
    expect(nightly.lines).toMatchObject([{ level: "error", day: "2026-08-03", error: "BadRequest" }])
  })

  it.each([
    ["backfill", backfill],
    ["nightly", ["nightly"]],
    ["audit", audit],
  ])("of a %s that is refused", async (_, args) => {
    bench.simulator.setOptions({ refuseCredentials: true })
    const { code, stdout, lines } = await run("refused", args)
    expect([code, stdout]).toEqual([3, ""])
    expect(lines).toEqual([
      {
        time: expect.any(String),
        level: "error",
        message: expect.stringMatching(/^The gateway refuses access key SIMU…/),
        error: "CredentialsRefused",
      },
    ])
  })

  it.each([
    [
      "a flag's value is wrong",
      ["backfill", "--from", "2026-08-01", "--page-size", "1"],
      "InvalidCommandLine",
    ],
    ["a flag is not known", ["nightly", "--sins", "-7d"], "InvalidCommandLine"],
    ["a flag is missing", ["audit", "--to", "now"], "InvalidCommandLine"],
    ["a date is none", ["backfill", "--from", "yesterday"], "InvalidBound"],
    ["flags contradict each other", ["backfill", "--from", "-1d", "--out", "x"], "InvalidFlag"],
  ])("where %s", async (_, args, error) => {
    const { code, stdout, lines } = await run("mistaken", args)
    expect([code, stdout]).toEqual([2, ""])
    expect(lines).toMatchObject([{ level: "error", error }])
  })
})

effectIt.effect("how far a run is comes as objects as well, also on a terminal", () =>
  Effect.gen(function* () {
    const screen = Object.assign(new PassThrough({ encoding: "utf8" }), { isTTY: true })
    const progress = yield* makeProgress(screen)
    yield* progress.begin(3).pipe(aboutLogs({ run: "the run" }))
    yield* progress.dayEnded("2026-08-01")
    yield* TestClock.adjust("25 seconds")
    const lines = linesOf(String(screen.read()))
    expect(lines).toMatchObject([
      { level: "info", run: "the run", message: expect.stringMatching(/^1 of 3 days · /) },
      { level: "info", run: "the run", time: "1970-01-01T00:00:20.000Z" },
    ])
  }).pipe(Effect.provideService(LogFormat, "json")),
)

describe("the format is the one asked for", () => {
  it.each([
    ["json", ["backfill", "--log-format", "json"]],
    ["json", ["backfill", "--log-format=json", "--json"]],
    ["pretty", ["backfill", "--json"]],
    ["pretty", ["backfill", "--log-format", "pretty", "--profile", "json"]],
    ["pretty", ["backfill", "--log-format"]],
    ["pretty", ["export", "--", "--log-format", "json"]],
  ])("%s for %j", (format, args) => {
    expect(logFormatOf(args)).toBe(format)
  })

  it("words, where there is no such format", async () => {
    const { code, stderr } = await runProgram(["backfill", "--from", "-1d", "--log-format", "yaml"])
    expect([code, stderr]).toEqual([2, expect.stringMatching(/^vodstation-etl: .*--log-format.*\n$/)])
  })
})
