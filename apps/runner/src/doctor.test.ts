/** `doctor` where all is well: what it shows, and that it writes nothing anywhere. */
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { examine, openDoctorBench } from "./doctor/examine.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { contentsOf } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
beforeAll(async () => {
  bench = await openDoctorBench()
})
afterAll(() => bench.close())

describe("where all is well", () => {
  it("every line says so, and the report is as programs expect it", async () => {
    const { code, report, well, failed, warnings } = await examine(bench)
    expect([code, report.outcome, failed, warnings]).toEqual([0, "ok", [], []])
    expect(Object.keys(report)).toEqual(["command", "outcome", "exitCode", "settings", "checks", "requests"])
    for (const check of report.checks) {
      expect(Object.keys(check)).toEqual(["group", "name", "state", "says", "error"])
      expect([check.state, check.error]).toEqual(["ok", null])
    }
    expect(
      report.checks.map((check: { group: string; name: string }) => `${check.group} ${check.name}`),
    ).toEqual([
      ...["credentials", "API", "proxy", "database", "schema", "time zone"].map((name) => `settings ${name}`),
      ...["reach", "clock", "signature", "windows", "page size", "rate"].map((name) => `gateway ${name}`),
      ...["database", "rights", "archive", "size"].map((name) => `archive ${name}`),
      ...["versions", "temporary"].map((name) => `machine ${name}`),
    ])
    expect(well).toMatchObject({
      windows: "workStartTimeFrom carries the start, both ends belong to a window",
      "page size": "1000 rows, as asked for",
      archive: "schema doctor holds nothing yet; its days are those of Asia/Seoul",
    })
    expect(report.requests).toBeLessThanOrEqual(35)
  })

  it("the list fits into 80 columns, without colours where no terminal is", async () => {
    const run = await runProgram(["doctor"], { env: bench.environment("doctor") })
    expect([run.code, run.stderr]).toEqual([0, ""])
    const lines = run.stdout.trimEnd().split("\n")
    expect(lines.at(-1)).toBe("All is well.")
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(lines.filter((line) => !line.startsWith(" "))).toEqual([
      "Settings",
      "",
      "Gateway",
      "",
      "Archive",
      "",
      "This machine",
      "",
      "All is well.",
    ])
    expect(run.stdout).toContain("  ✓ signature    accepted\n")
    expect(run.stdout).not.toContain("\u001b")
    const coloured = { ...bench.environment("doctor"), FORCE_COLOR: "1" }
    expect((await runProgram(["doctor"], { env: coloured })).stdout).toContain("\u001b[32m✓\u001b[39m")
  })

  it("so does a list of what is wrong, which ends with what to do", async () => {
    const env = {
      ...bench.environment("doctor"),
      ...{
        VODSTATION_BASE_URL: "http://127.0.0.1:1",
        DATABASE_URL: "postgresql://me:secret@127.0.0.1:1/vod",
      },
    }
    const run = await runProgram(["doctor"], { env })
    expect([run.code, run.stderr]).toEqual([1, ""])
    expect(run.stdout.split("\n").filter((line) => line.length > 80)).toEqual([])
    expect(run.stdout).toContain(`Archive
  ✗ database     127.0.0.1:1/vod: nothing listens there. Start the server, or
                 correct DATABASE_URL (or PGHOST, PGPORT).
`)
    expect(run.stdout).toMatch(
      /\n2 of \d+ checks failed\.\nPut right what is marked ✗, the first one first, and run doctor again\.\n$/,
    )
  })

  it("nothing is left behind: no schema, no folder, no server", async () => {
    const folder = join(bench.home, "unmade")
    await examine(bench)
    await examine(bench, {}, ["--archive", "csv", "--out", folder])
    await examine(bench, { env: { DATABASE_URL: "", VODSTATION_HOME: join(bench.home, "home") } })
    expect(await bench.schemaExists("doctor")).toBe(false)
    expect([contentsOf(folder), contentsOf(join(bench.home, "home"))]).toEqual([undefined, undefined])
  })

  it("an archive that is there is recognised, and not changed", async () => {
    const env = bench.environment("filled")
    expect((await runProgram(["backfill", "--from", "-2d"], { env })).code).toBe(0)
    const rowsOf = async (table: string) =>
      (
        await bench.select(
          "filled",
          `SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) AS sum FROM ${table} AS t`,
        )
      )[0]
    const everything = () =>
      Promise.all(["encoding", "extraction_day", "extraction_run", "archive_setting"].map(rowsOf))
    const before = await everything()
    const { code, well } = await examine(bench, { env })
    expect([code, well.archive]).toEqual([
      0,
      expect.stringMatching(/^schema filled holds 3 days of Asia\/Seoul, /),
    ])
    expect(await everything()).toEqual(before)
  })
})
