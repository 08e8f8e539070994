/** The alert of docs/operations.md, word for word. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2026-08-01", days: 4, rowsPerDay: 60 })
})
afterAll(() => bench.close())

it("an archive of which no day was closed for two days is found by the statement of docs/operations.md", async () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/operations.md"), "utf8")
  const [, statement] = /```sql\n(SELECT max\(work_date\)[^`]+)```/.exec(page) ?? []
  const range = ["--from", "2026-08-01", "--to", "2026-08-05"]
  expect((await runProgram(["backfill", ...range], { env: bench.environment("silent") })).code).toBe(0)
  const alert = () => bench.select("silent", statement ?? "no such statement")
  expect(await alert()).toHaveLength(1)
  const today = "(now() AT TIME ZONE 'Asia/Seoul')::date"
  const closeLast = (ago: number) =>
    bench.execute(
      "silent",
      `UPDATE extraction_day SET work_date = ${today} - ${ago}, state = 'closed'
       WHERE work_date = (SELECT max(work_date) FROM extraction_day)`,
    )
  await closeLast(2)
  expect(await alert()).toEqual([])
  await closeLast(3)
  expect(await alert()).toHaveLength(1)
  await bench.execute("silent", "DELETE FROM extraction_day")
  expect(await alert()).toHaveLength(1)
})
