/** `report` as its user finds it: which page is there afterwards, what it holds, what is said, and how it ends. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ReportData } from "@vodstation-etl/report/ReportData"
import { runProgram } from "./runProgram.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"

let bench: Workbench
let csvArchive: string
const schema = "reported"
const rowsPerDay = 600

beforeAll(async () => {
  bench = await openWorkbench({
    ...{ firstDay: "2026-08-01", days: 4, rowsPerDay, stuckShare: 0.02 },
    ...{ looseness: 0.3, looseKinds: ["percentUnreadable", "categoryIdUnreadable"] },
  })
  csvArchive = join(bench.home, "archive")
  const env = bench.environment(schema)
  for (const range of [
    ["--from", "2026-08-01", "--to", "2026-08-02"],
    ["--from", "2026-08-03", "--to", "2026-08-05"],
  ]) {
    const csv = ["--archive", "csv", "--out", csvArchive]
    const runs = [
      await runProgram(["backfill", ...range], { env }),
      await runProgram(["backfill", ...range, ...csv], { env }),
    ]
    expect(runs.map(({ code }) => code)).toEqual([0, 0])
  }
})

afterAll(() => bench.close())

const run = (...args: ReadonlyArray<string>) =>
  runProgram(["report", ...args], { env: bench.environment(schema) })

const dataIn = (html: string): ReportData =>
  JSON.parse(/<script type="application\/json" id="page-data">(.*)<\/script>/.exec(html)![1]!).report

const fresh = (name: string) => join(bench.home, name)

const fromCsv = () => ["--archive", "csv", "--archive-dir", csvArchive]

/** What differs between two archives of the same days: when and how often they asked. */
const ofTheDays = (data: ReportData) => ({
  ...data,
  madeAt: 0,
  archive: "",
  days: data.days.map((day) => ({ ...day, readAt: day.readAt !== null, requests: 0 })),
  runs: data.runs.map(({ command, outcome, rows }) => [command, outcome, rows]),
  stuck: { ...data.stuck, rows: data.stuck.rows.map((row) => ({ ...row, since: 0 })) },
})

describe("a report", () => {
  it("tells the same of either kind of archive, and what the database itself says", async () => {
    const [postgres, csv] = [fresh("postgres.html"), fresh("csv.html")]
    const runs = [await run("--out", postgres), await run("--out", csv, ...fromCsv())]
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ""],
      [0, ""],
    ])
    const [one, other] = [postgres, csv].map((file) => dataIn(readFileSync(file, "utf8"))) as [
      ReportData,
      ReportData,
    ]
    expect(ofTheDays(other)).toEqual(ofTheDays(one))

    const [counted] = await bench.select(
      schema,
      `SELECT count(*)::int AS encodings, count(*) FILTER (WHERE status = 'FAILURE')::int AS failures,
              count(*) FILTER (WHERE cardinality(anomalies) > 0)::int AS anomalies,
              sum(output_total_size)::float8 AS bytes, count(DISTINCT output_type)::int AS formats,
              (SELECT sum(count)::int FROM rejected_record) AS rejected,
              (SELECT count(*)::int FROM stuck_encoding) AS stuck
       FROM encoding`,
    )
    const sum = <Row>(rows: ReadonlyArray<Row>, value: (row: Row) => number) =>
      rows.reduce((total, row) => total + value(row), 0)
    for (const rows of [one.days, one.formats, one.categories.rows]) {
      expect(sum<{ encodings: number }>(rows, (row) => row.encodings)).toBe(counted!["encodings"])
      expect(sum<{ failure: number }>(rows, (row) => row.failure)).toBe(counted!["failures"])
      expect(sum<{ bytes: number }>(rows, (row) => row.bytes) / counted!["bytes"]).toBeCloseTo(1, 14)
    }
    expect(sum(one.storage, (row) => row.bytes) / counted!["bytes"]).toBeCloseTo(1, 14)
    expect(sum(one.anomalies.rows, (row) => row.rows)).toBe(counted!["anomalies"])
    expect(sum(one.rejects.rows, (row) => row.rows)).toBe(counted!["rejected"])
    expect([one.stuck.total, one.stuck.rows.length]).toEqual([counted!["stuck"], counted!["stuck"]])
    for (const value of Object.values(counted!)) expect(value).toBeGreaterThan(0)
    expect(one.formats).toHaveLength(counted!["formats"])
    expect(one.days.map(({ day, look }) => [day, look === "missing"])).toEqual([
      ["2026-08-01", false],
      ["2026-08-02", true],
      ["2026-08-03", false],
      ["2026-08-04", false],
    ])
    const runRows = await bench.select(
      schema,
      "SELECT rows_read::int AS rows, requests::int, retries::int FROM extraction_run ORDER BY started_at",
    )
    expect(one.runs.map(({ rows, requests, retries }) => ({ rows, requests, retries }))).toEqual(runRows)
    expect(runRows).toHaveLength(2)
  })

  it("reckons turnaround and sizes as the cookbook does", async () => {
    const file = fresh("spread.html")
    expect((await run("--out", file)).code).toBe(0)
    const { formats } = dataIn(readFileSync(file, "utf8"))
    const rows = await bench.select(
      schema,
      `SELECT output_type AS format,
              round(percentile_cont(0.5) WITHIN GROUP (ORDER BY output_total_size) FILTER (WHERE output_total_size > 0)) AS size,
              round((percentile_cont(0.9) WITHIN GROUP (ORDER BY (extract(epoch FROM last_work_time - requested_from) / 60)::float8)
                FILTER (WHERE status = 'COMPLETE' AND last_work_time IS NOT NULL))::numeric, 2)::float8 AS minutes
       FROM encoding GROUP BY 1`,
    )
    const near = (one: number | null, other: number | null, off: number) =>
      one === null || other === null ? one === other : Math.abs(one - other) <= off
    const wrong = rows.filter(({ format, size, minutes }) => {
      const { sizes, turnaround } = formats.find((row) => row.format === format)!
      return !near(sizes?.p50 ?? null, size, 1) || !near(turnaround?.nineTenths[1] ?? null, minutes, 0.011)
    })
    expect([rows.length, wrong]).toEqual([formats.length, []])
    expect(new Set(formats.flatMap(({ turnaround }) => turnaround?.window ?? []))).toEqual(new Set([1440]))
    expect(formats.filter(({ turnaround }) => turnaround !== null).length).toBeGreaterThan(3)
  })

  it("names the files that failed, without the format's name, with what of them is complete", async () => {
    const file = fresh("failed.html")
    expect((await run("--out", file)).code).toBe(0)
    const { failedFiles } = dataIn(readFileSync(file, "utf8"))
    const rows = await bench.select(
      schema,
      `SELECT category_id::text AS id, replace(file_path, '_' || output_type, '') AS file,
              count(*) FILTER (WHERE status = 'FAILURE')::int AS failure, count(*) FILTER (WHERE status = 'COMPLETE')::int AS complete
       FROM encoding WHERE file_path <> '' GROUP BY 1, 2 HAVING count(*) FILTER (WHERE status = 'FAILURE') > 0`,
    )
    expect(rows.length).toBeGreaterThan(0)
    expect(
      failedFiles.rows.map(({ categoryId: id, file, failure, complete }) => ({
        id,
        file,
        failure,
        complete,
      })),
    ).toEqual(expect.arrayContaining([...rows]))
    expect(failedFiles.total).toBe(rows.length)
  })

  it("counts every row that was not understood, also those that were alike", async () => {
    await bench.execute(schema, "UPDATE rejected_record SET count = 7 WHERE work_date = '2026-08-04'")
    const [counted] = await bench.select(
      schema,
      "SELECT sum(count)::int AS rows, count(DISTINCT work_date)::int AS days FROM rejected_record",
    )
    const { stdout } = await run("--out", "-")
    expect(dataIn(stdout).rejects).toEqual({
      rows: [expect.objectContaining({ ...counted, firstDay: "2026-08-01", lastDay: "2026-08-04" })],
      total: 1,
    })
  })

  it("keeps to the days that were asked for, of either kind of archive", async () => {
    for (const [index, place] of [[], fromCsv()].entries()) {
      const file = fresh(`range-${index}.html`)
      const { code, stdout } = await run(
        "--from",
        "2026-08-03",
        "--to",
        "2026-08-04",
        "--out",
        file,
        ...place,
      )
      expect(code).toBe(0)
      expect(stdout).toMatch(
        /range-\d\.html: 1 day, \d{3} encodings, [67]\d\d kB in \d+\.\d s\. Open it in any browser\.\n$/,
      )
      const data = dataIn(readFileSync(file, "utf8"))
      expect(data.days.map(({ day }) => day)).toEqual(["2026-08-03"])
      const whole = data.days[0]!.encodings
      expect(data.formats.reduce((total, { encodings }) => total + encodings, 0)).toBe(whole)
      expect(data.failedFiles.rows.filter(({ lastDay }) => lastDay !== "2026-08-03")).toEqual([])
      expect(data.stuck.rows.filter(({ day }) => day !== "2026-08-03")).toEqual([])
      // The run that loaded it, long after.
      expect(data.runs).toHaveLength(1)
    }
  })

  it("is in Korean where asked, on standard output as well, and says in JSON what it wrote", async () => {
    const piped = await run("--lang", "ko", "--out", "-")
    expect([piped.code, piped.stderr]).toEqual([0, ""])
    expect(piped.stdout).toMatch(
      /^<!doctype html>\n<html lang="ko">[^]*<title>인코딩 보고서<\/title>[^]*<\/html>\n$/,
    )
    const file = fresh("보고서.html")
    const { code, stdout } = await run("--lang", "ko", "--json", "--out", file)
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      ...{
        command: "report",
        out: file,
        days: 4,
        encodings: dataIn(piped.stdout).days.reduce((sum, day) => sum + day.encodings, 0),
      },
      ...{ bytes: readFileSync(file).length, seconds: expect.any(Number) },
    })
  })

  it("leaves what stood there where something goes wrong, and says in one line what to do", async () => {
    const file = fresh("kept.html")
    writeFileSync(file, "the old one")
    const wrong = [
      [["--from", "2026-08-03", "--to", "2026-08-03", "--out", file], "the range holds no day"],
      [["--archive", "csv", "--out", file], "needs --archive-dir DIR"],
      [["--archive-dir", csvArchive, "--out", file], "goes with --archive csv"],
      [["--json", "--out", "-"], "standard output is taken"],
      [["--archive", "csv", "--archive-dir", fresh("nothing"), "--out", file], "there is no archive yet"],
      [["--out", fresh("no/such/folder.html")], "--out"],
    ] as const
    for (const [args, reason] of wrong) {
      const { code, stdout, stderr } = await run(...args)
      expect([args, code, stdout]).toEqual([args, 2, ""])
      expect(stderr).toContain(reason)
      expect(stderr.trimEnd().split("\n")).toHaveLength(1)
    }
    expect(readFileSync(file, "utf8")).toBe("the old one")
    expect(existsSync(fresh("nothing"))).toBe(false)
    expect(readdirSync(bench.home).filter((name) => name.endsWith(".part"))).toEqual([])
  })
})
