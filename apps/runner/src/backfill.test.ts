/** The main job as a user runs it: the program in a process of its own, a real gateway on loopback, a real Postgres. */
import { createHash } from "node:crypto"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { Effect, Layer } from "effect"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { Archive } from "@vodstation-etl/load/Archive"
import * as CsvArchive from "@vodstation-etl/load/csv/CsvArchive"
import { readCsvColumns } from "./readCsvColumns.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { lineOf, truthOf } from "./worldTruth.fixture.ts"

let bench: Workbench

beforeAll(async () => {
  bench = await openWorkbench({
    seed: 7,
    firstDay: "2026-08-01",
    days: 31,
    rowsPerDay: 3000,
    generation: "mixed",
    looseness: 0.01,
  })
})

afterAll(() => bench.close())

const backfillTo = async (to: string, schema: string, flags: ReadonlyArray<string>) => {
  const range = ["--from", "2026-08-01", "--to", to]
  const run = await runProgram(["backfill", ...range, "--json", ...flags], { env: bench.environment(schema) })
  expect(run.stderr).not.toMatch(/unexpected error/)
  return { ...run, report: run.stdout === "" ? undefined : JSON.parse(run.stdout) }
}

/** All of August, the whole world. */
const backfill = (schema: string, ...flags: ReadonlyArray<string>) => backfillTo("2026-09-01", schema, flags)

const linesInPostgres = async (schema: string): Promise<ReadonlyArray<string>> => {
  const rows = await bench.select(
    schema,
    `SELECT category_id AS "categoryId", category_name AS "categoryName", file_path AS "filePath",
            output_type AS "outputType", link, output_total_size AS "outputTotalSize",
            last_work_time AS "lastWorkTime", status, percent FROM encoding`,
  )
  return rows.map((row) => lineOf(row as never)).toSorted()
}

const expectTruth = async (schema: string, days: number) => {
  const [from, end] = [bench.simulator.world.dayStarts[0]!, bench.simulator.world.dayStarts[days]!]
  const truth = truthOf(bench.simulator.world, from, end)
  expect(truth.lines.length).toBeGreaterThan(days * 2900)
  expect(truth.rejects.length).toBeGreaterThan(10)
  const found = await linesInPostgres(schema)
  expect(found.length).toBe(truth.lines.length)
  expect(found.filter((line, index) => line !== truth.lines[index])).toEqual([])
  const rejects = await bench.select(schema, "SELECT payload::text AS payload, count FROM rejected_record")
  expect(
    rejects.flatMap(({ payload, count }) => Array.from({ length: Number(count) }, () => payload)).toSorted(),
  ).toEqual(truth.rejects)
}

/** A digest of every file below a folder whose content depends on the answers alone. */
const digests = (folder: string): Record<string, string> =>
  Object.fromEntries(
    ["encoding", "rejected"].flatMap((part) =>
      readdirSync(join(folder, part)).map((name) => [
        `${part}/${name}`,
        part === "rejected"
          ? ""
          : createHash("sha256")
              .update(readFileSync(join(folder, part, name)))
              .digest("hex"),
      ]),
    ),
  )

describe("backfill of 31 days x 3,000 rows", () => {
  it("fills Postgres with every row of the gateway, column by column", async () => {
    const { code, report, stderr } = await backfill("truth")
    expect([code, stderr]).toEqual([0, expect.any(String)])
    expect(report).toMatchObject({ command: "backfill", outcome: "complete", problems: [] })
    expect(report.days).toMatchObject({ planned: 31, skipped: 0, failed: 0 })
    expect(report.rows).toMatchObject({ changed: 0, missing: 0, withdrawn: 0 })
    expect(report.rows.inserted).toBe(report.rows.read)
    await expectTruth("truth", 31)
  })

  it("inserts and changes nothing the second time, with --refresh", async () => {
    const before = bench.simulator.stats().requests
    const { code, report } = await backfill("truth", "--refresh")
    expect(code).toBe(0)
    expect(report.rows).toMatchObject({ inserted: 0, changed: 0, missing: 0, withdrawn: 0 })
    expect(report.rows.unchanged).toBe(report.rows.read)
    expect(bench.simulator.stats().requests).toBeGreaterThan(before + 31)
    expect(await bench.select("truth", "SELECT count(*)::int AS n FROM encoding_history")).toEqual([{ n: 0 }])
  })

  it("skips closed days when run again", async () => {
    const { report } = await backfill("truth")
    expect(report.days.skipped).toBe(report.days.planned - report.days.open)
    expect(report.days.skipped).toBeGreaterThan(0)
  })

  it("ends the same with a tenth of the answers failing in every way", async () => {
    bench.simulator.setOptions({ faults: 0.1 })
    const { code, report } = await backfillTo("2026-08-11", "faults", ["--page-size", "100"]).finally(() =>
      bench.simulator.setOptions({ faults: 0 }),
    )
    expect([code, report.outcome]).toEqual([0, "complete"])
    expect(report.retries).toBeGreaterThan(10)
    await expectTruth("faults", 10)
  })

  it("ends the same while rows move between any two requests", async () => {
    bench.simulator.setOptions({ drift: 0.01, pageCap: 500 })
    const { code, report } = await backfillTo("2026-08-11", "drift", []).finally(() =>
      bench.simulator.setOptions({ drift: 0, pageCap: null }),
    )
    expect([code, report.outcome]).toEqual([0, "complete"])
    await expectTruth("drift", 10)
  })

  it("fills CSV files with the rows that Postgres holds, and with the same bytes each time", async () => {
    const [one, two] = [join(bench.home, "csv-1"), join(bench.home, "csv-2")]
    const first = await backfill("unused", "--archive", "csv", "--out", one)
    expect([first.code, first.report.outcome]).toEqual([0, "complete"])
    const fresh = digests(one)
    expect(Object.keys(fresh).filter((name) => name.startsWith("encoding/"))).toHaveLength(31)
    await backfill("unused", "--archive", "csv", "--out", two)
    expect(digests(two)).toEqual(fresh)

    const inCsv = readdirSync(join(one, "encoding")).flatMap((name) =>
      readCsvColumns(readFileSync(join(one, "encoding", name), "utf8")).map(lineOf),
    )
    expect(inCsv.toSorted()).toEqual(await linesInPostgres("truth"))
    const ledger = await Effect.runPromise(
      Effect.flatMap(Archive, (archive) => archive.ledger()).pipe(
        Effect.provide(
          CsvArchive.layer({ folder: one, timeZone: undefined, excel: undefined, access: "read" }).pipe(
            Layer.orDie,
          ),
        ),
      ),
    )
    expect(ledger.map((day) => day.state).filter((state) => state === "failed")).toEqual([])
    expect(ledger).toHaveLength(31)
  })
})
