/** Credentials that the gateway does not accept, from the start or from the middle of a run on: exit 3, and nothing lost. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest"
import { csvView, postgresView } from "./ArchiveView.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { contentsOf, openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 8, rowsPerDay: 100 })
})
afterAll(() => bench.close())
afterEach(() => bench.simulator.setOptions({ refuseCredentials: false }))

const august = ["backfill", "--from", "2026-08-01", "--to", "2026-08-09", "--json"]

const refusal = {
  unauthenticated:
    /^vodstation-etl: The gateway refuses access key SIMU… \(?[^\n]*HTTP 401, error 200[^\n]*\n$/,
  unsubscribed:
    /^vodstation-etl: The gateway refuses access key SIMU… \(?[^\n]*HTTP 401, error 210[^\n]*no subscription to VOD Station at this host[^\n]*\n$/,
}

describe.each([
  ["does not know", true, refusal.unauthenticated],
  ["knows, without a subscription,", "unsubscribed", refusal.unsubscribed],
] as const)("a key pair that the gateway %s", (_, refuseCredentials, line) => {
  it("leaves no schema behind", async () => {
    bench.simulator.setOptions({ refuseCredentials })
    const before = bench.simulator.stats().requests
    const run = await runProgram(august, { env: bench.environment("refused") })
    expect([run.code, run.stdout]).toEqual([3, ""])
    expect(run.stderr).toMatch(line)
    expect(await bench.schemaExists("refused")).toBe(false)
    // The gateway was asked, and not over and over.
    const asked = bench.simulator.stats().requests - before
    expect(asked).toBeGreaterThanOrEqual(1)
    expect(asked).toBeLessThanOrEqual(3)
  })

  it("leaves no folder behind", async () => {
    bench.simulator.setOptions({ refuseCredentials })
    const { flags, env } = csvView(bench, "refused")
    const run = await runProgram([...august, ...flags], { env })
    expect([run.code, run.stdout]).toEqual([3, ""])
    expect(run.stderr).toMatch(line)
    expect(existsSync(join(bench.home, "refused"))).toBe(false)
  })
})

describe.each([
  ["Postgres", postgresView],
  ["CSV files", csvView],
])("a key pair that expires in the middle of a run into %s", (kind, viewOf) => {
  const accessKey = `TEMPORARYACCESSKEY${kind.length}`

  it("ends the run with 3, keeps the days that were done, and goes on with another one", async () => {
    const view = viewOf(bench, "expired")
    const secretKey = "TemporarySecretKey000000000000000000001"
    bench.simulator.addKey({ accessKey, secretKey, expiresAfterRequests: 50 })
    const temporary = { NCLOUD_ACCESS_KEY_ID: accessKey, NCLOUD_SECRET_ACCESS_KEY: secretKey }
    // Ten rows at once are ten requests a day: the key expires on the third.
    const unhurried = ["--page-size", "10", "--concurrency", "1"]
    const run = await runProgram([...august, ...unhurried, ...view.flags], {
      env: { ...view.env, ...temporary },
    })
    expect(run.code).toBe(3)
    const report = JSON.parse(run.stdout)
    expect(report).toMatchObject({
      outcome: "failed",
      problems: [{ day: null, error: "CredentialsRefused", message: expect.stringContaining("TEMP…") }],
    })
    const ledger = await view.ledger()
    expect(Object.keys(ledger).length).toBeGreaterThanOrEqual(1)
    expect(Object.keys(ledger).length).toBeLessThan(8)
    const uncounted = Object.keys(ledger).length - (report.days.closed + report.days.open)
    expect(uncounted).toBe(0)
    expect(await view.counted()).toEqual(ledger)
    expect(await view.outcomes()).toEqual(["failed"])
    expect(await view.remains()).toEqual([])

    const next = await runProgram([...august, ...view.flags], { env: view.env })
    expect([next.code, next.stderr]).toEqual([0, ""])
    expect(await view.counted()).toMatchObject(ledger)
    expect(Object.keys(await view.ledger())).toHaveLength(8)
  })
})

it("a run that is refused changes nothing of an archive that is there", async () => {
  const { flags, env } = csvView(bench, "kept")
  expect((await runProgram([...august, ...flags], { env })).code).toBe(0)
  const before = contentsOf(join(bench.home, "kept"))
  expect(Object.keys(before ?? {}).length).toBeGreaterThan(8)
  bench.simulator.setOptions({ refuseCredentials: true })
  const run = await runProgram([...august, "--refresh", ...flags], { env })
  expect(run.code).toBe(3)
  expect(contentsOf(join(bench.home, "kept"))).toEqual(before)
})
