/** Rows that an older version could not understand, and this one can: reading their days again makes rows of them. */
import { afterAll, beforeAll, expect, it } from "vitest"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
const schema = "understood"
const range = ["backfill", "--from", "2026-08-01", "--to", "2026-08-03", "--json"]

const run = async (...args: ReadonlyArray<string>) => {
  const { code, stdout, stderr } = await runProgram(args, { env: bench.environment(schema) })
  expect([code, stderr]).toEqual([0, expect.anything()])
  return JSON.parse(stdout)
}

const encodings = () =>
  bench.select(schema, 'SELECT * FROM encoding ORDER BY work_date, file_path COLLATE "C"')

beforeAll(async () => {
  bench = await openWorkbench({
    ...{ firstDay: "2026-08-01", days: 4, rowsPerDay: 20, stuckShare: 0, looseness: 0, twinShare: 0 },
    ...{ now: Date.parse("2026-08-06T12:00:00+09:00"), clock: "ticking" },
  })
})

afterAll(() => bench.close())

/** Leaves three rows of a day as a version would have that could not read their categories. */
const asAnOlderVersionLeftIt = async () => {
  const three = "(SELECT file_path FROM encoding WHERE work_date = '2026-08-01' ORDER BY file_path LIMIT 3)"
  const payload = "json_build_object('categoryId', category_id::text, 'filePath', file_path)"
  for (const statement of [
    `INSERT INTO rejected_record (work_date, fingerprint, reason, payload, count, first_seen_at, run_id)
     SELECT work_date, md5(file_path), 'no readable categoryId', ${payload}, 1, first_seen_at, run_id
     FROM encoding WHERE file_path IN ${three}`,
    `DELETE FROM encoding WHERE file_path IN ${three}`,
    `UPDATE extraction_day SET row_count = row_count - 3, rejected_rows = 3, digest = 'of another version'
     WHERE work_date = '2026-08-01'`,
  ])
    await bench.execute(schema, statement)
}

it("backfill --refresh moves them from rejected_record to encoding, and changes nothing else", async () => {
  await run(...range)
  const before = await encodings()
  await asAnOlderVersionLeftIt()
  expect(await run("status", "--json")).toMatchObject({ rows: 37, rejected: 3 })

  // Its days are closed: without being told to, nobody asks for them again.
  expect(await run(...range)).toMatchObject({ days: { skipped: 2 }, rows: { read: 0 } })

  expect(await run(...range, "--refresh")).toMatchObject({
    days: { closed: 2 },
    rows: { read: 40, inserted: 3, changed: 0, unchanged: 37, missing: 0, withdrawn: 0, rejected: 0 },
  })
  expect(await run("status", "--json")).toMatchObject({ rows: 40, rejected: 0 })
  expect(await bench.select(schema, "SELECT * FROM rejected_record")).toEqual([])
  expect(await bench.select(schema, "SELECT * FROM encoding_history")).toEqual([])
  const ours = ["run_id", "first_seen_at", "changed_at"]
  const facts = (rows: ReadonlyArray<object>) =>
    rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !ours.includes(name))))
  expect(facts(await encodings())).toEqual(facts(before))
  expect((await run("check", "--json")).outcome).toBe("whole")
})
