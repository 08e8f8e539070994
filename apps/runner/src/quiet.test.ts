/** `--quiet`: nothing is said of what went well, so that cron has nothing to mail; what is wrong is said all the same. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 3, rowsPerDay: 20, stuckShare: 0 })
  expect((await run("backfill", ...range)).code).toBe(0)
})
afterAll(() => bench.close())
afterEach(() => bench.simulator.setOptions({ quotaAfterRequests: null }))

const range = ["--from", "2026-08-01", "--to", "2026-08-04"]

const run = (...args: ReadonlyArray<string>) =>
  runProgram([...args, "--quiet"], { env: bench.environment("quiet") })

describe("where all is well, nothing is said by", () => {
  it.each([
    { args: ["backfill", ...range, "--refresh"] },
    { args: ["backfill", ...range] },
    { args: ["nightly", "--since", "2026-08-01"] },
    { args: ["audit", ...range] },
  ])("$args", async ({ args }) => {
    const { code, stdout, stderr } = await run(...args)
    expect([code, stdout, stderr]).toEqual([0, "", ""])
  })

  it("export, which writes all the same", async () => {
    const out = join(bench.home, "encodings.csv")
    const { code, stdout, stderr } = await run("export", "encoding", "--out", out)
    expect([code, stdout, stderr]).toEqual([0, "", ""])
    expect(existsSync(out)).toBe(true)
  })
})

it("the result for a program is there", async () => {
  const { stdout, stderr } = await run("backfill", ...range, "--json")
  expect(JSON.parse(stdout)).toMatchObject({ outcome: "complete", days: { skipped: 3 } })
  expect(stderr).toBe("")
})

it("a day that is in doubt is said, on standard error", async () => {
  await bench.execute(
    "quiet",
    "UPDATE encoding SET file_path = 'gone' || file_path WHERE work_date = '2026-08-01'",
  )
  await bench.execute("quiet", "UPDATE extraction_day SET digest = '' WHERE work_date = '2026-08-01'")
  const { code, stdout, stderr } = await run("backfill", ...range, "--refresh")
  expect([code, stdout]).toEqual([4, ""])
  expect(stderr).toMatch(/^2026-08-01: 20 of 20 rows of this day are gone\. .* \[DayShrunk\]\n$/)
})

it.each([{ flags: ["--quiet"] }, { flags: ["--json"] }, { flags: ["--quiet", "--json"] }])(
  "what ends a run is said on standard error with $flags",
  async ({ flags }) => {
    bench.simulator.setOptions({ quotaAfterRequests: bench.simulator.stats().requests + 2 })
    const args = ["backfill", ...range, "--refresh", ...flags]
    const { code, stdout, stderr } = await runProgram(args, { env: bench.environment("quiet") })
    expect(code).toBe(4)
    expect(stderr).toMatch(/^The account's quota .* \[QuotaSpent\]\n$/)
    expect(stdout).toMatch(flags.includes("--json") ? /^\{.*"outcome":"incomplete".*\}\n$/ : /^$/)
  },
)

it("an audit that finds something lacking says what", async () => {
  await bench.execute("quiet", "DELETE FROM encoding WHERE work_date = '2026-08-02'")
  const { code, stdout } = await run("audit", ...range)
  expect([code, stdout]).toEqual([4, expect.stringContaining("2026-08-02")])
})
