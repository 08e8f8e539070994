/** `export` as its user finds it: which file is there afterwards, what is said, and how it ends. */
import { execFile } from "node:child_process"
import { lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { ExportBench } from "./ExportBench.fixture.ts"
import { openExportBench, rowsPerDay } from "./ExportBench.fixture.ts"
import { emptyEnvironment, programUnderTest } from "./runProgram.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"
import { contentsOf } from "./Workbench.fixture.ts"

let bench: ExportBench
const schema = "exported"

beforeAll(async () => {
  bench = await openExportBench(schema, "2026-08-01", ["--excel"])
})

afterAll(() => bench.close())

const run: ExportBench["run"] = (...args) => bench.run(...args)
const freshFolder: ExportBench["freshFolder"] = (name) => bench.freshFolder(name)

const queriesLike = (pattern: string) =>
  bench.select(
    "public",
    `SELECT query FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query LIKE '${pattern}'`,
  )

const linesOf = (file: string): ReadonlyArray<string> => readFileSync(file, "utf8").split("\n").slice(0, -1)

describe("an export", () => {
  it("replaces the file in one step and says what it wrote", async () => {
    const folder = freshFolder("replaced")
    const file = join(folder, "인코딩.csv")
    writeFileSync(file, "the old one", { mode: 0o600 })
    const before = statSync(file).ino
    const { code, stdout, stderr } = await run("encoding", "--format", "csv", "--out", file)
    expect([code, stderr]).toEqual([0, ""])
    expect(stdout).toMatch(/^.*인코딩\.csv: 60 rows of encoding, \d+(\.\d)? kB in \d+\.\d s\n$/)
    expect(linesOf(file)).toHaveLength(1 + 3 * rowsPerDay)
    expect(readdirSync(folder)).toEqual(["인코딩.csv"])
    expect(statSync(file).ino).not.toBe(before)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it("follows a link to the file that it replaces", async () => {
    const folder = freshFolder("linked")
    writeFileSync(join(folder, "real.csv"), "")
    symlinkSync("real.csv", join(folder, "link.csv"))
    expect((await run("extraction_day", "--out", join(folder, "link.csv"))).code).toBe(0)
    expect(lstatSync(join(folder, "link.csv")).isSymbolicLink()).toBe(true)
    expect(linesOf(join(folder, "real.csv"))).toHaveLength(4)
  })

  it("writes to what is no file without replacing it", async () => {
    const { code, stdout } = await run("extraction_day", "--out", "/dev/null")
    expect([code, stdout]).toEqual([0, expect.stringContaining("/dev/null: 3 rows of extraction_day")])
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true)
  })

  it("goes to standard output, and nothing else does", async () => {
    const file = join(freshFolder("standard"), "encoding.csv")
    await run("encoding", "--out", file)
    const { code, stdout, stderr } = await run("encoding", "--out", "-")
    expect([code, stderr, stdout]).toEqual([0, "", readFileSync(file, "utf8")])
  })

  it("of a CSV archive has the same columns, plain even where the archive is Excel's", async () => {
    const args = ["--archive", "csv", "--archive-dir", bench.csvArchive, "--out", "-"]
    const { code, stdout, stderr } = await run("encoding", ...args)
    expect([code, stderr]).toEqual([0, ""])
    const ofPostgres = (await run("encoding", "--out", "-")).stdout
    // What the two loads wrote differs by their times and runs only.
    const apart = (text: string) => text.replaceAll(/,[^,\n]*,[^,\n]*,[^,\n]*$/gm, "")
    expect(apart(stdout)).toBe(apart(ofPostgres))
    expect(stdout.split("\n")).toHaveLength(1 + 3 * rowsPerDay + 1)
    const excel = await run("encoding", ...args, "--excel")
    expect(excel.stdout.split("\r\n")).toHaveLength(1 + 3 * rowsPerDay + 1)
    expect(excel.stdout.startsWith("\uFEFFwork_date,")).toBe(true)
  })

  it("is narrowed by work days, and tells a program what it did", async () => {
    const file = join(freshFolder("narrowed"), "encoding.csv")
    const narrow = ["--from", "2026-08-02", "--to", "2026-08-02T12:00:00+09:00", "--json"]
    const { code, stdout } = await run("encoding", "--out", file, ...narrow)
    expect(code).toBe(0)
    const { size } = statSync(file)
    expect(JSON.parse(stdout)).toMatchObject({ table: "encoding", rows: rowsPerDay, bytes: size, out: file })
    expect(new Set(linesOf(file).map((line) => line.slice(0, 10)))).toEqual(
      new Set(["work_date,", "2026-08-02"]),
    )
  })

  it("stops without a word when its reader has seen enough, and asks no more of the database", async () => {
    await bench.execute(
      schema,
      "CREATE VIEW endless AS SELECT n, repeat('x', 1000) AS filler FROM generate_series(1, 100000) AS n",
    )
    const command = `"$0" "$1" export endless --out - | head -n 1; echo "\${PIPESTATUS[*]}"`
    const env = { ...emptyEnvironment(bench.home), ...bench.environment(schema) }
    const { stdout, stderr } = await promisify(execFile)(
      "bash",
      ["-c", command, process.execPath, programUnderTest],
      { env, timeout: 60_000 },
    )
    expect([stdout, stderr]).toEqual(["n,filler\n0 0\n", ""])
    await expect.poll(() => queriesLike("COPY%endless%"), { timeout: 10_000 }).toEqual([])
  })

  it("calls a SELECT from standard input what it is, and not -", async () => {
    const out = join(freshFolder("piped"), "one.csv")
    const { stdout, stderr } = await promisify(execFile)(
      "sh",
      ["-c", `echo SELECT 1 | "$0" "$1" export --sql - --out "$2"`, process.execPath, programUnderTest, out],
      { env: { ...emptyEnvironment(bench.home), ...bench.environment(schema) }, timeout: 60_000 },
    )
    expect([stdout, stderr]).toEqual([
      expect.stringMatching(/one\.csv: 1 row of the SELECT, \d+ bytes in/),
      "",
    ])
  })

  it.each(["SIGINT", "SIGKILL"] as const)("ended by %s leaves the old file as it was", async (signal) => {
    const folder = freshFolder(`ended-${signal}`)
    const file = join(folder, "slow.csv")
    writeFileSync(file, "the old one")
    await bench.execute(
      schema,
      `CREATE OR REPLACE VIEW slow AS SELECT n, pg_sleep(0.05)::text AS slept FROM generate_series(1, 1000) AS n`,
    )
    const program = startProgram(["export", "slow", "--out", file], bench.environment(schema), bench.home)
    const isWriting = () => readdirSync(folder).length === 2
    const deadline = Date.now() + 30_000
    while (!isWriting() && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20))
    expect(isWriting()).toBe(true)
    program.kill(signal)
    const { code, stdout, stderr } = await program.ended
    expect([code, stdout, stderr]).toEqual([signal === "SIGINT" ? 130 : null, "", ""])
    expect(readFileSync(file, "utf8")).toBe("the old one")
    // Who is killed cannot tidy up; what is left is hidden and never taken for the file.
    const left = readdirSync(folder).map((name) => name.replace(/^\.vodstation-.*\.part$/, "hidden"))
    expect(left).toEqual(signal === "SIGINT" ? ["slow.csv"] : ["hidden", "slow.csv"])
    // Nor does the server go on, of which the query would take 50 s.
    await expect.poll(() => queriesLike("COPY%slow%"), { timeout: 10_000 }).toEqual([])
  })

  it("that fails in the middle leaves the old file, says why, and ends with 1", async () => {
    const folder = freshFolder("broken")
    const file = join(folder, "broken.csv")
    writeFileSync(file, "the old one")
    await bench.execute(
      schema,
      "CREATE VIEW broken AS SELECT n, 1 / (3000 - n) AS part, repeat('x', 500) AS filler FROM generate_series(1, 4000) AS n",
    )
    const { code, stdout, stderr } = await run("broken", "--out", file)
    expect([code, stdout]).toEqual([1, ""])
    expect(stderr).toMatch(/^vodstation-etl: .*exporting broken failed: division by zero\..*\n$/)
    expect(contentsOf(folder)).toEqual({ [file]: expect.anything() })
    expect(readFileSync(file, "utf8")).toBe("the old one")
  })

  it("shows no secret, whatever happens", async () => {
    const { password } = new URL(bench.databaseUrl)
    expect(password.length).toBeGreaterThan(8)
    const outputs = [
      await run("encoding", "--out", join(bench.home, "no", "file.csv")),
      await run("encodings", "--out", "-"),
      await run("archive_setting", "--out", "-"),
      await run("extraction_run", "--out", "-"),
    ]
    for (const { stdout, stderr } of outputs)
      for (const secret of [password, bench.simulator.secretKey, bench.simulator.accessKey])
        expect(stdout + stderr).not.toContain(secret)
  })
})
