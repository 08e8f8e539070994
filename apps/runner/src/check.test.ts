/** `check`, as people and schedulers meet it: what it prints, and the exit code. */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { CheckReport } from "./CheckReport.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
let folder: string
const schema = "checked"

beforeAll(async () => {
  bench = await openWorkbench({
    ...{ firstDay: "2026-08-01", days: 6, rowsPerDay: 20, stuckShare: 0, looseness: 0 },
    // A clock that stands still would make the repair look older than what it repairs.
    ...{ now: Date.parse("2026-08-06T12:00:00+09:00"), clock: "ticking" },
  })
  folder = join(bench.home, "archive")
  const range = ["backfill", "--from", "2026-08-01", "--to", "2026-08-04"]
  for (const flags of [[], ["--archive", "csv", "--out", folder]]) {
    const { code, stderr } = await runProgram([...range, ...flags], { env: bench.environment(schema) })
    expect([code, stderr.slice(-500)]).toMatchObject([0, expect.anything()])
  }
})

afterAll(() => bench.close())

const check = (...flags: ReadonlyArray<string>) =>
  runProgram(["check", ...flags], { env: bench.environment(schema) })

const asJson = async (...flags: ReadonlyArray<string>) => {
  const { code, stdout, stderr } = await check("--json", ...flags)
  expect(stderr).toBe("")
  return { code, report: JSON.parse(stdout) as CheckReport }
}

describe("check", () => {
  it("says of a Postgres archive that it is whole, and then what is off, with 4", async () => {
    const whole = await check()
    expect([whole.code, whole.stderr]).toEqual([0, ""])
    expect(whole.stdout).toMatch(
      /\(schema checked\): whole\. 3 days, 60 rows, 0 forgotten by the API, 0 past states, 0 rejected\n$/,
    )
    expect((await asJson()).report).toMatchObject({
      command: "check",
      timeZone: "Asia/Seoul",
      outcome: "whole",
      days: { checked: 3, closed: 3, open: 0, failed: 0, missing: 0 },
      rows: { present: 60, missing: 0, past: 0, rejected: 0 },
      found: 0,
      findings: [],
    })

    await bench.execute(schema, "UPDATE encoding SET percent = 250 WHERE work_date = '2026-08-02'")
    await bench.execute(schema, "DELETE FROM encoding WHERE work_date = '2026-08-03'")
    const off = await check()
    expect(off.code).toBe(4)
    expect(off.stdout).toMatch(/: 22 things are off\. 3 days, 40 rows/)
    expect(off.stdout).toMatch(
      /│ 2026-08-02 │ range +│ +20 │ 10019 \/.*\.mp4 .* #1 +│ percent is 250, not 0 to 100 +│/,
    )
    expect(off.stdout).toMatch(/│ 2026-08-02 │ contents +│ +1 │ +│ its rows are not those that were read/)
    expect(off.stdout).toMatch(
      /│ 2026-08-03 │ rowCount +│ +1 │ +│ the ledger says 20 of rows, 0 are there +│/,
    )
    expect(off.stdout).not.toContain("backup")
    const { code, report } = await asJson()
    expect([code, report.outcome, report.found]).toEqual([4, "off", 22])
    expect(report.findings[0]).toMatchObject({
      ...{ day: "2026-08-02", rule: "range", message: "percent is 250, not 0 to 100" },
      key: { categoryId: "10019", occurrence: 1 },
    })
    expect(report.findings.slice(20)).toEqual([
      {
        ...{ day: "2026-08-02", rule: "contents", key: null },
        message: "its rows are not those that were read: something was changed since",
      },
      {
        ...{ day: "2026-08-03", rule: "rowCount", key: null },
        message: "the ledger says 20 of rows, 0 are there",
      },
    ])

    // As it says. The API lists as many rows of the 2nd as the archive holds.
    expect(off.stdout).toContain("vodstation-etl audit --from D --to D --repair")
    const repair = ["audit", "--from", "2026-08-01", "--to", "2026-08-04", "--repair"]
    const repaired = await runProgram(repair, { env: bench.environment(schema) })
    expect([repaired.code, repaired.stdout]).toEqual([0, expect.stringContaining("20 new, 20 changed")])
    expect(await asJson()).toMatchObject({
      code: 0,
      report: { outcome: "whole", rows: { present: 60, past: 20 } },
    })
  })

  it("says the same of an archive of CSV files, whoever wrote or damaged them", async () => {
    const flags = ["--archive", "csv", "--out", folder]
    const whole = await check(...flags)
    expect([whole.code, whole.stderr, whole.stdout]).toEqual([
      0,
      "",
      `${folder}: whole. 3 days, 60 rows, 0 forgotten by the API, 0 past states, 0 rejected\n`,
    ])
    const file = join(folder, "encoding/2026-08-02.csv")
    writeFileSync(file, readFileSync(file, "utf8").slice(0, -9))
    const off = await check(...flags)
    expect(off.code).toBe(4)
    expect(off.stdout).toMatch(
      /│ 2026-08-02 │ unreadable │ +1 │ +│ encoding\/2026-08-02\.csv was damaged or edited/,
    )
    expect(off.stdout).toContain("restore them from a backup")
    expect((await asJson(...flags)).report).toMatchObject({ outcome: "off", found: 1 })
  })

  it("finds nothing in an archive that does not exist yet, and makes none", async () => {
    const nowhere = join(bench.home, "nowhere")
    const { code, stdout } = await check("--archive", "csv", "--out", nowhere)
    expect([code, stdout]).toEqual([0, `${nowhere}: empty, there is nothing to check\n`])
    expect(existsSync(nowhere)).toBe(false)
  })

  it("does not take another folder for an archive", async () => {
    const { code, stdout, stderr } = await check("--archive", "csv", "--out", import.meta.dirname)
    expect([code, stdout]).toEqual([2, ""])
    expect(stderr).toMatch(/^vodstation-etl: /)
  })
})
