/** `export` and `report` of an archive that is large enough to be waited for, at a terminal and elsewhere. */
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { hasScript, runAtTerminal } from "./atTerminal.fixture.ts"
import type { ExportBench } from "./ExportBench.fixture.ts"
import { openExportBench } from "./ExportBench.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"

let bench: ExportBench
const schema = "waited"
const rows = 90_000

beforeAll(async () => {
  bench = await openExportBench(schema, "2026-08-01")
  await bench.execute(
    schema,
    `INSERT INTO encoding
      SELECT (jsonb_populate_record(one.row, jsonb_build_object('file_path', '/large/' || n))).*
      FROM (SELECT stored AS row FROM encoding AS stored LIMIT 1) AS one, generate_series(1, ${rows - 60}) AS n`,
  )
  await bench.execute(schema, `UPDATE extraction_day SET row_count = ${rows / 3}`)
})
afterAll(() => bench.close())

const at = (line: string) => runAtTerminal(80, line, bench.home, bench.environment(schema))

/** What was seen while the program worked, each once. */
const liveLines = (seen: ReadonlyArray<string>, name: string) => [
  ...new Set(seen.filter((screen) => screen.startsWith(name))),
]

describe.runIf(hasScript)("at a terminal", () => {
  it.each(["csv", "parquet"])(
    "an export as %s shows its rows, their rate and the time left, and ends with one line",
    async (format) => {
      const file = join(bench.home, `f.${format}`)
      const { seen, lines } = await at(`export encoding --format ${format} --out ${file}`)
      const shown = liveLines(seen, "export")
      const ofRows = shown.filter((line) => line.includes("rows/s"))
      expect(ofRows.length).toBeGreaterThan(0)
      for (const line of ofRows)
        expect(line).toMatch(
          /^export encoding: [\d,]+ rows · [\d,]+ rows\/s · \d+\.\d MB( · about [^·]+ left)?$/,
        )
      expect(ofRows.some((line) => line.includes("left"))).toBe(true)
      expect(lines.join("")).toMatch(/^.*: 90,000 rows of encoding, [\d.]+ [kM]B in \d+\.\d s$/)
    },
  )

  it.each([
    ["Postgres", "", /^1,000,000 rows · writing Parquet(, \d+ %)? · \d+ s$/],
    ["a folder of CSV files", " --archive csv --archive-dir ", /^writing Parquet · \d+ s$/],
  ])("an export from %s tells that Parquet is made", async (which, flags, making) => {
    const [sql, out] = [join(bench.home, "many.sql"), join(bench.home, "many.parquet")]
    writeFileSync(
      sql,
      "SELECT n, md5(CAST(n AS text)) AS a, md5(CAST(-n AS text)) AS b FROM generate_series(1, 1000000) AS many (n)",
    )
    const archive = flags === "" ? "" : flags + bench.csvArchive
    const line = `export --sql ${sql} --format parquet --out ${out}${archive}`
    const { seen, lines } = await runAtTerminal(200, line, bench.home, bench.environment(schema))
    const told = liveLines(seen, "export").map((line) => line.slice(line.indexOf(": ") + 2))
    const shown = told.filter((line) => !line.includes("rows/s"))
    expect(shown.length).toBeGreaterThan(0)
    for (const line of shown) expect(line).toMatch(making)
    expect(shown.some((line) => line.includes("%"))).toBe(which === "Postgres")
    expect(lines.join("")).toContain("many.parquet: 1,000,000 rows of ")
  })

  it("a report tells what it asks for, and ends with one line", async () => {
    const { seen, lines } = await at(`report --out ${join(bench.home, "f.html")}`)
    const shown = liveLines(seen, "report")
    expect(shown.length).toBeGreaterThan(0)
    for (const line of shown) expect(line).toMatch(/^report: asking for [a-z, ]+ · \d+ s$/)
    expect(lines.join(" ")).toMatch(/^.*: 3 days, 90,000 encodings, .* s\. Open it in any browser\.$/)
  })

  it("nothing is shown with --quiet", async () => {
    const { seen, lines } = await at(`export encoding --out ${join(bench.home, "quiet")} --quiet`)
    expect([seen.join(""), lines]).toEqual(["", []])
  })
})

it.each(["export encoding --out", "report --out"])(
  "where there is no terminal, %s … shows nothing of it",
  async (command) => {
    const args = [...command.split(" "), join(bench.home, "elsewhere")]
    const { code, stdout, stderr } = await runProgram(args, { env: bench.environment(schema) })
    expect([code, stderr, stdout.split("\n").length]).toEqual([0, "", 2])
  },
)
