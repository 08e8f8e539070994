/**
 * docs/mistakes.md, a manual of what operators do wrong: each mistake is made as it stands there, and they read the one line
 * that stands there, with its exit code. Nothing is written by it, and the gateway is asked only where the page says so.
 */
import { rmSync } from "node:fs"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { waitingLittle } from "./atTime.fixture.ts"
import { folderOf, isTold, make, readMistakes } from "./Mistake.fixture.ts"
import { prepareMistake } from "./mistakenArchive.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

const mistakes = readMistakes()
const sections = [...new Set(mistakes.map(({ section }) => section))]
let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 3, rowsPerDay: 20 })
})
afterEach(() => {
  rmSync(folderOf(bench), { recursive: true, force: true })
  bench.simulator.setOptions({ refuseCredentials: false, faultPlan: null })
})
afterAll(() => bench.close())

describe.each(sections)("%s:", (section) => {
  it.each(mistakes.filter((mistake) => mistake.section === section))("$did", async (mistake) => {
    const environment = await prepareMistake(bench, mistake.given)
    // A gateway that does not answer is tried again for a while.
    const patience = section === "The gateway" ? waitingLittle : {}
    expect(await make(bench, mistake, { ...patience, ...environment })).toEqual(isTold(mistake))
    if (mistake.given !== undefined) await bench.execute("public", "DROP SCHEMA IF EXISTS archive CASCADE")
  })
})

it("the manual holds more than a hundred", () => {
  expect(mistakes.length).toBeGreaterThan(100)
})

it("who gives OpenTelemetry an endpoint that is no URL is told so, and the run goes on", async () => {
  const env = { ...bench.environment("unused"), OTEL_EXPORTER_OTLP_ENDPOINT: "collector" }
  const run = await runProgram(["check"], { env })
  expect([run.code, run.stderr]).toEqual([
    0,
    "warn: Nothing is sent to OpenTelemetry, since the OTEL_ variables cannot be understood; the run goes on. See docs/operations.md for their shapes.\n",
  ])
})

it("who did all of it right is told nothing of this", async () => {
  const args = ["backfill", "--from", "2026-08-01", "--to", "2026-08-04", "--json"]
  const run = await runProgram(args, { env: bench.environment("right") })
  expect([run.code, run.stderr]).toEqual([0, ""])
  expect(JSON.parse(run.stdout)).toMatchObject({ outcome: "complete" })
  expect(await bench.schemaExists("right")).toBe(true)
})
