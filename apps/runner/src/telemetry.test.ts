/** What a run tells an OpenTelemetry collector. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import type { RecordingRelay } from "./RecordingRelay.fixture.ts"
import { refuseDay, startRecordingRelay } from "./RecordingRelay.fixture.ts"
import type { OtlpReceiver, ReceivedSpan } from "./OtlpReceiver.fixture.ts"
import { startOtlpReceiver } from "./OtlpReceiver.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
let collector: OtlpReceiver
/** Refuses to tell of the third of August. */
let relay: RecordingRelay

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 4, rowsPerDay: 60, looseness: 0.05 })
  collector = await startOtlpReceiver()
  const third = Date.parse("2026-08-03T00:00:00+09:00")
  relay = await startRecordingRelay(bench.simulator.baseUrl, refuseDay(third))
})
afterAll(async () => {
  await collector.close()
  await relay.close()
  await bench.close()
})
afterEach(() => {
  bench.simulator.setOptions({ faults: 0, faultPlan: null, refuseCredentials: false })
  collector.forget()
})

const toCollector = () => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_EXPORTER_OTLP_HEADERS: "x-api-key=key%20of%20the%20collector",
})

const run = (schema: string, args: ReadonlyArray<string>, env: Readonly<Record<string, string>>) =>
  runProgram(args, { env: { ...bench.environment(schema), ...env } })

const august = ["backfill", "--from", "2026-08-01", "--to", "2026-08-05", "--json", "--page-size", "20"]

const parentsOf = (span: ReceivedSpan): ReadonlyArray<string> =>
  span.parent === undefined ? [] : [span.parent.name, ...parentsOf(span.parent)]

const named = (name: string) => collector.spans().filter((span) => span.name === name)

/** The counters of rows and days, as the report has them: a kind of which there is none is no series. */
const counted = (metric: string, label: string) =>
  Object.fromEntries(
    Object.entries(collector.counters())
      .filter(([name]) => name.startsWith(`${metric} ${label}=`))
      .map(([name, value]) => [name.split("=")[1], value]),
  )
const withoutZeros = (counts: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
const daysIn = ({ days }: any) => withoutZeros({ ...days, planned: 0 })

describe("a backfill", () => {
  it("is a trace: run > day > slice > page, and day > merge", async () => {
    const { code, stdout } = await run("traced", august, toCollector())
    expect(code).toBe(0)
    const report = JSON.parse(stdout)

    const [root, ...others] = named("run")
    expect([others, root?.parent]).toEqual([[], undefined])
    expect(root?.attributes).toMatchObject({
      command: "backfill",
      run: report.runId,
      outcome: "complete",
      "days.closed": report.days.closed,
      "rows.read": report.rows.read,
      requests: report.requests,
    })

    const days = named("day")
    expect(days.map(({ attributes }) => attributes["day"]).toSorted()).toEqual([
      "2026-08-01",
      "2026-08-02",
      "2026-08-03",
      "2026-08-04",
    ])
    for (const day of days) {
      expect(parentsOf(day)).toEqual(["run"])
      expect(day.attributes).toMatchObject({
        outcome: expect.stringMatching(/^(closed|open)$/),
        rows: expect.any(Number),
      })
      expect(day.attributes["proof"]).toMatch(/^(single-page|pigeonhole)$/)
    }

    const whole = named("slice").filter(({ parent }) => parent?.name === "day")
    expect(whole).toHaveLength(4)
    for (const slice of named("slice")) {
      expect(parentsOf(slice)).toEqual([
        ...parentsOf(slice)
          .slice(0, -2)
          .map(() => "slice"),
        "day",
        "run",
      ])
      expect(slice.attributes).toMatchObject({
        day: expect.stringMatching(/^2026-08-0\d$/),
        from: expect.stringMatching(/^2026-0\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        before: expect.stringMatching(/Z$/),
        total: expect.any(Number),
        outcome: expect.stringMatching(/^(proven|cut)$/),
      })
    }
    const proven = named("slice").filter(({ attributes }) => attributes["outcome"] === "proven")
    const rows = proven.reduce((sum, { attributes }) => sum + Number(attributes["rows"]), 0)
    expect(rows).toBe(report.rows.read + report.rows.rejected)

    const merges = named("merge")
    expect(merges.map(parentsOf)).toEqual(days.map(() => ["day", "run"]))
    const inserted = merges.reduce((sum, { attributes }) => sum + Number(attributes["inserted"]), 0)
    expect(inserted).toBe(report.rows.inserted)

    const pages = named("page")
    expect(pages.length).toBe(report.requests)
    // A walk that will not prove is stopped, and the requests under way with it.
    const answered = pages.filter(({ attributes }) => attributes["effect.fiber.interrupted"] !== true)
    for (const page of answered) {
      expect(page.attributes).toMatchObject({
        page: expect.any(Number),
        total: expect.any(Number),
        attempts: 1,
      })
    }
    expect(pages.filter((page) => parentsOf(page)[0] === "slice").length).toBeGreaterThanOrEqual(4 * 3)
    for (const span of collector.spans()) {
      expect(parentsOf(span).at(-1) ?? span.name).toBe("run")
      expect(span.startedAt).toBeGreaterThanOrEqual(span.parent?.startedAt ?? 0n)
    }
  })

  it("counts what its report counts", async () => {
    bench.simulator.setOptions({ faultPlan: ({ number }) => (number % 7 === 0 ? "badGateway" : undefined) })
    const { code, stdout } = await run("counted", august, toCollector())
    expect(code).toBe(0)
    const report = JSON.parse(stdout)
    expect(report.retries).toBeGreaterThan(0)
    expect(counted("vodstation.rows", "kind")).toEqual(withoutZeros(report.rows))
    expect(counted("vodstation.days", "outcome")).toEqual(daysIn(report))
    expect(collector.counters()).toMatchObject({
      "vodstation.requests": report.requests,
      "vodstation.retries": report.retries,
    })
    const pages = named("page")
    const attempts = pages.reduce((sum, { attributes }) => sum + Number(attributes["attempts"] ?? 0), 0)
    expect(attempts).toBeGreaterThan(pages.length - report.retries)
    expect(attempts).toBeLessThanOrEqual(report.requests)
    const retries = pages.flatMap(({ events }) => events).filter((event) => event === "retry")
    expect(retries.length).toBeGreaterThanOrEqual(report.retries)

    collector.forget()
    const again = JSON.parse((await run("counted", august, toCollector())).stdout)
    expect(again.days.skipped).toBeGreaterThan(0)
    expect(counted("vodstation.days", "outcome")).toEqual(daysIn(again))
  })

  it("names a day that failed, in its span, its counter and a log line", async () => {
    const env = { ...toCollector(), VODSTATION_BASE_URL: relay.baseUrl }
    const { code, stdout } = await run("troubled", august, env)
    const report = JSON.parse(stdout)
    expect([code, report.outcome]).toEqual([4, "incomplete"])
    expect(counted("vodstation.days", "outcome")).toEqual(daysIn(report))
    const failed = named("day").filter(({ attributes }) => attributes["outcome"] === "failed")
    expect(failed.map(({ attributes }) => [attributes["day"], attributes["error"]]).toSorted()).toEqual(
      report.problems.map(({ day, error }: any) => [day, error]),
    )
    const said = collector.logs().filter(({ level }) => level === "Error")
    expect(said.map(({ attributes }) => attributes["day"]).toSorted()).toEqual(
      report.problems.map(({ day }: any) => day),
    )
    for (const { attributes } of said) {
      expect(attributes).toMatchObject({ run: report.runId, error: expect.any(String) })
    }
  })
})

describe("the variables of OpenTelemetry", () => {
  it("say where to send, as whom, and with which headers", async () => {
    await run("variables", august, {
      ...toCollector(),
      OTEL_SERVICE_NAME: "the-night",
      OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=staging,team=video%20business",
    })
    expect(collector.resource()).toMatchObject({
      "service.name": "the-night",
      "service.version": "0.1.0",
      "deployment.environment.name": "staging",
      team: "video business",
    })
    expect(new Set(collector.headers().map((headers) => headers["x-api-key"]))).toEqual(
      new Set(["key of the collector"]),
    )
  })

  it("need not name the service", async () => {
    await run("variables", august, toCollector())
    expect(collector.resource()).toMatchObject({ "service.name": "vodstation-etl" })
    collector.forget()
    await run("variables", august, { ...toCollector(), OTEL_RESOURCE_ATTRIBUTES: "service.name=elsewhere" })
    expect(collector.resource()).toMatchObject({ "service.name": "elsewhere" })
  })

  it("can ask for Protobuf", async () => {
    await run("variables", august, { ...toCollector(), OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf" })
    expect(new Set(collector.headers().map((headers) => headers["content-type"]))).toEqual(
      new Set(["application/x-protobuf"]),
    )
  })

  it("can leave out a kind", async () => {
    await run("variables", august, { ...toCollector(), OTEL_TRACES_EXPORTER: "none" })
    expect(collector.spans()).toEqual([])
    expect(collector.counters()).toMatchObject({ "vodstation.days outcome=skipped": expect.any(Number) })
  })

  it("that cannot be understood cost a line, and nothing else", async () => {
    const secret = "%zz-a-secret"
    const wrong = { ...toCollector(), OTEL_EXPORTER_OTLP_HEADERS: `x-api-key=${secret}` }
    const { code, stderr } = await run("variables", [...august, "--refresh"], wrong)
    expect([code, stderr]).toEqual([
      0,
      "warn: Nothing is sent to OpenTelemetry, since the OTEL_ variables cannot be understood; the run goes on. See docs/operations.md for their shapes.\n",
    ])
  })
})

it.each([
  ["nightly", ["nightly", "--since", "2026-08-03"], { command: "nightly", outcome: "complete" }],
  [
    "audit",
    ["audit", "--from", "2026-08-01", "--to", "2026-08-05"],
    { command: "audit", outcome: "complete" },
  ],
  ["check", ["check"], { command: "check", outcome: "whole" }],
  [
    "export",
    ["export", "encoding", "--out", "encoding.csv"],
    { command: "export", table: "encoding", rows: expect.any(Number) },
  ],
])("%s is a run as well", async (_, args, attributes) => {
  await run("commands", august, {})
  const { code, stderr } = await run("commands", args, toCollector())
  expect([code, stderr]).toEqual([0, expect.any(String)])
  expect(named("run").map((span) => span.attributes)).toEqual([expect.objectContaining(attributes)])
})

it("without an endpoint nothing is loaded", async () => {
  const { code, stderr } = await run("unobserved", august, {
    NODE_DEBUG: "esm",
    OTEL_SERVICE_NAME: "nobody",
    OTEL_EXPORTER_OTLP_ENDPOINT: " ",
  })
  expect(code).toBe(0)
  expect(stderr).toMatch(/withGatewayAndArchive|backfill/)
  expect(stderr).not.toMatch(/withTelemetry|OtlpTracer/)
})
