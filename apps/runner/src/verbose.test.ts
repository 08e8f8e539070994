/** `--verbose` says more, on standard error only; without it nobody sees a stack trace. */
import { afterAll, beforeAll, expect, it } from "vitest"
import { runExample } from "./Examples.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 3, rowsPerDay: 20 })
})
afterAll(() => bench.close())

const range = ["backfill", "--from", "2026-08-01", "--to", "2026-08-04"]

it("shows what the program does, such as what it tries again", async () => {
  bench.simulator.setOptions({ faultPlan: ({ number }) => (number === 2 ? "badGateway" : undefined) })
  const run = await runProgram([...range, "--verbose", "--json"], { env: bench.environment("verbose") })
  bench.simulator.setOptions({ faultPlan: null })
  expect(run.code).toBe(0)
  expect(run.stderr).toMatch(/^debug: Attempt 1 failed/m)
  expect(JSON.parse(run.stdout)).toMatchObject({ outcome: "complete" })
})

it("goes on where nobody reads standard error any more", async () => {
  const env = { ...bench.environment("unread"), VODSTATION_HOME: bench.home }
  const line = `vodstation-etl ${range.join(" ")} --verbose --json 2> >(exec true)`
  const run = await runExample(line, { folder: bench.home, env })
  expect([run.code, JSON.parse(run.stdout)]).toMatchObject([0, { outcome: "complete" }])
})

it("shows where an error came from, after its line", async () => {
  const env = { ...bench.environment("verbose"), NCLOUD_SECRET_ACCESS_KEY: "" }
  const run = await runProgram([...range, "--verbose"], { env })
  const [line, ...trace] = run.stderr.split("\n")
  expect([run.code, line]).toEqual([2, expect.stringMatching(/\[CredentialsUnusable\]$/)])
  expect(trace.join("\n")).toMatch(/^CredentialsUnusable: .*\n +at /)
})

it("does not show it without", async () => {
  const env = { ...bench.environment("verbose"), NCLOUD_SECRET_ACCESS_KEY: "" }
  const run = await runProgram(range, { env })
  expect([run.code, run.stderr]).toEqual([2, expect.stringMatching(/^vodstation-etl: .*\]\n$/)])
})

it.each([["status"], ["check"], ["db"], ["demo"], ["export", "encoding", "--out", "-"]])(
  "is a flag of every command: %s",
  async (...command) => {
    const run = await runProgram([...command, "--verbose", "--help"])
    expect([run.code, run.stdout]).toEqual([0, expect.stringContaining("--verbose")])
  },
)
