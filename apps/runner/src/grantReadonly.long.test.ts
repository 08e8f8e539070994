/** `db grant-readonly` on the embedded server, of which nobody but the owner and such roles makes use. */
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { runProgram } from "./runProgram.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"

let bench: Workbench
beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 1, rowsPerDay: 5, stuckShare: 0 })
})
afterAll(() => bench.close())

it("makes a role that reads while the server is kept up by `db`, and may not even make a temporary table", async () => {
  const home = join(bench.home, "home")
  const env = { ...bench.environment("embedded"), DATABASE_URL: "", VODSTATION_HOME: home }
  const loaded = await runProgram(["backfill", "--from", "2026-08-01", "--to", "2026-08-02"], { env })
  expect(loaded.code).toBe(0)
  const granted = await runProgram(["db", "grant-readonly", "bi", "--json"], { env })
  expect(granted).toMatchObject({
    code: 0,
    stderr: expect.stringMatching(
      /^Role bi was made.*\nKeep the password now.*\nThe server is reached .*\n$/,
    ),
  })
  const { host, port, database, user, password } = JSON.parse(granted.stdout) as Record<string, string>

  const server = startProgram(["db"], env, bench.home)
  await expect.poll(() => server.saidSoFar(), { timeout: 20_000 }).toContain("Connect with psql")
  const url = `postgresql://${user}:${password}@${host}:${port}/${database}`
  const read = await runProgram(["export", "encoding", "--out", "-"], { env: { ...env, DATABASE_URL: url } })
  expect([read.code, read.stdout.split("\n").length]).toEqual([0, 7])
  server.kill("SIGINT")
  expect((await server.ended).code).toBe(130)
})
