/** Memory does not grow with what is exported: the peak of the whole process, as the system counts it. */
import { execFileSync } from "node:child_process"
import { statSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
const schema = "export_memory"
const sizes = { small: 20_000, large: 1_000_000 }
const loadDay = join(import.meta.dirname, "../../../packages/load/src/csv/loadDay.fixture.ts")

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 1, rowsPerDay: 5 })
  const loaded = await runProgram(["backfill", "--from", "2026-08-01", "--to", "2026-08-02"], {
    env: bench.environment(schema),
  })
  expect(loaded.code).toBe(0)
  for (const [name, rows] of Object.entries(sizes)) {
    await bench.execute(
      schema,
      `CREATE TABLE ${name} AS SELECT n, repeat('긴 "줄"', 40) AS filler FROM generate_series(1, ${rows}) AS n`,
    )
    await bench.execute(schema, `ALTER TABLE ${name} ADD PRIMARY KEY (n)`)
  }
})

afterAll(() => bench.close())

const exported = async (table: string, rows: number, flags: ReadonlyArray<string> = []) => {
  const out = join(bench.home, `${table}.csv`)
  const run = await runProgram(["export", table, "--out", out, "--json", "--quiet", ...flags], {
    env: bench.environment(schema),
    timeoutMs: 110_000,
  })
  expect([run.code, run.stderr]).toEqual([0, ""])
  expect(JSON.parse(run.stdout)).toMatchObject({ rows, bytes: statSync(out).size })
  expect(run.peakMemory).toBeGreaterThan(50_000_000)
  process.stdout.write(`${rows} rows ${flags.join(" ")}: ${Math.round(run.peakMemory / 1e6)} MB\n`)
  return run.peakMemory
}

it.each([[[]], [["--excel"]]])("a million rows of Postgres %s take what 20,000 take", async (flags) => {
  const small = await exported("small", sizes.small, flags)
  const large = await exported("large", sizes.large, flags)
  expect(large).toBeLessThan(Math.max(1.25 * small, 160_000_000))
})

it("a day of 300,000 rows of a CSV archive stays below 250 MB", async () => {
  const folder = join(bench.home, "archive")
  execFileSync(process.execPath, [loadDay, "archive", folder, "300000", "0"])
  const peak = await exported("encoding", 300_000, ["--archive", "csv", "--archive-dir", folder])
  expect(peak).toBeLessThan(250_000_000)
})
