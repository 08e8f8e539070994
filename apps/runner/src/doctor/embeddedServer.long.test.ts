/** An embedded server that is there: to make one takes a while. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { runProgram } from "../runProgram.fixture.ts"
import type { Workbench } from "../Workbench.fixture.ts"
import { examine, openDoctorBench } from "./examine.fixture.ts"

let bench: Workbench
beforeAll(async () => {
  bench = await openDoctorBench()
})
afterAll(() => bench.close())

it("is started, looked into, and stopped again", async () => {
  const home = join(bench.home, "home")
  const env = { DATABASE_URL: "", VODSTATION_HOME: home }
  expect((await runProgram(["status"], { env: { ...bench.environment("embedded"), ...env } })).code).toBe(0)
  const { code, well } = await examine(bench, { env })
  expect([code, well.database]).toEqual([
    0,
    expect.stringMatching(/^PostgreSQL 18\.\d+ at 127\.0\.0\.1:\d+\/vodstation, UTF8$/),
  ])
  expect(well).toMatchObject({ rights: expect.anything(), disk: expect.stringContaining(home) })
  expect(existsSync(join(home, "postgres", "data", "PG_VERSION"))).toBe(true)
  expect(existsSync(join(home, "postgres", "data", "postmaster.pid"))).toBe(false)
})
