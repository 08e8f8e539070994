/**
 * `pnpm analyst`: what an analyst does in the first ten minutes, done by a script, with the program as a user runs it, in a
 * home of its own: the demo, its report in a browser, questions in SQL, a file for Excel, a file for DuckDB. All that comes
 * out is held against what the demo's database says, or its CSV files. Each step is a line with the time that it took; the
 * first thing that is not right is told, and ends it with 1. Needs Chromium and LibreOffice: the step of one that is missing
 * is skipped, and says so.
 */
import assert from "node:assert/strict"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { hasLibreOffice, languages, openInSpreadsheet } from "@vodstation-etl/load/Spreadsheet.fixture"
import { noBrowser, openBrowser } from "@vodstation-etl/report/OpenedPage.fixture"
import { plainAnswers, readPlainArchive } from "./analystAnswers.fixture.ts"
import type { TextRow } from "./analystRows.fixture.ts"
import * as rows from "./analystRows.fixture.ts"
import { parseCsv } from "./readCsvColumns.fixture.ts"
import { runProgram } from "./runProgram.fixture.ts"
import { startProgram } from "./startProgram.fixture.ts"

const cookbook = join(import.meta.dirname, "../../../docs/cookbook")

/** Does a step, which gives what it has found in words, and prints both. */
const step = async (title: string, act: () => Promise<string>) => {
  const began = performance.now()
  const found = await act()
  console.log(`${seconds(began)}  ${title}: ${found}`)
}

const seconds = (began: number) => `${((performance.now() - began) / 1000).toFixed(1).padStart(5)} s`

const counted = (count: number) => count.toLocaleString("en")

/** Runs the program to its good end. */
const run = async (env: Readonly<Record<string, string>>, ...args: ReadonlyArray<string>) => {
  const { code, stdout, stderr } = await runProgram(args, { env })
  assert.equal(code, 0, `${args.join(" ")} ended with ${code}: ${stderr}`)
  return stdout
}

/** Keeps the demo's server up, as `db --demo` in another terminal does. */
const startDatabase = async (home: string) => {
  const server = startProgram(["db", "--demo"], {}, home, 600_000)
  const isUp = () => server.saidSoFar().includes("Connect with psql")
  for (let waited = 0; !isUp() && waited < 60_000; waited += 50) await delay(50)
  assert.ok(isUp(), `db --demo is not up: ${server.saidSoFar()}`)
  return {
    url: server.printedSoFar().trim(),
    stop: async () => {
      server.kill("SIGINT")
      assert.equal((await server.ended).code, 130)
    },
  }
}

/** What stands large at the top of the report, and what SQL says of it. */
const figures = `SELECT
  to_char(count(*), 'FM999,999,999') AS encodings,
  to_char(count(*) FILTER (WHERE status = 'FAILURE'), 'FM999,999,999') || ' failures' AS failures,
  'in ' || to_char(count(*) FILTER (WHERE status = 'COMPLETE'), 'FM999,999,999') || ' finished encodings' AS complete,
  trim_scale(round(sum(output_total_size) / 1e12, 1)) || ' TB' AS stored,
  (SELECT 'of ' || count(*) || ' days' FROM extraction_day) AS days,
  (SELECT count(*)::text FROM extraction_day WHERE state <> 'closed') AS not_final,
  (SELECT count(*)::text FROM stuck_encoding) AS stuck,
  (SELECT sum(count)::text FROM rejected_record) AS not_understood
FROM encoding`

const lookAtReport = async (page: string, url: string) => {
  const browser = await openBrowser()
  try {
    const { page: opened, said, asked } = await browser.visit(pathToFileURL(page).href)
    const charts = opened.locator(".chart svg")
    // They are drawn once the page has been laid out.
    for (let waited = 0; (await charts.count()) < 7 && waited < 20_000; waited += 50) await delay(50)
    assert.equal(await opened.title(), "Encoding report")
    assert.equal(await charts.count(), 7)
    for (const chart of await charts.all())
      assert.ok((await chart.locator("path, text").count()) > 3, "a chart without anything in it")
    const [stored] = await rows.askDatabase(url, figures)
    const large = await opened.locator(".figures b").allTextContents()
    const small = await opened.locator(".figures span").allTextContents()
    const shown = {
      ...{ encodings: large[0], failures: small[1], complete: small[2], stored: large[2], days: small[3] },
      ...{ not_final: large[4], stuck: large[5], not_understood: large[6] },
    }
    assert.deepEqual(shown, { ...stored })
    assert.deepEqual([said, asked], [[], []])
    return `7 charts, ${Object.keys(shown).length} figures as SQL has them, nothing on the console, no request`
  } finally {
    await browser.close()
  }
}

/** Where one is not as the other, the first row of which that is so is shown. */
const assertSameRows = (found: ReadonlyArray<TextRow>, held: ReadonlyArray<TextRow>) => {
  held.forEach((row, at) => {
    if (JSON.stringify(found[at]) !== JSON.stringify(row)) assert.deepEqual(found[at], row, `row ${at + 1}`)
  })
  assert.equal(found.length, held.length)
}

const began = performance.now()
const home = mkdtempSync(join(tmpdir(), "vodstation-analyst-"))
const close: Array<() => Promise<void>> = []
try {
  let report = ""
  await step("the demo, in a home of its own", async () => {
    const said = await run({ HOME: home }, "demo")
    report = /^Its report, a page to open in a browser: ~(.*)$/m.exec(said)![1]!
    return / rows {2}.*: (.*) new/.exec(said)![1]! + " encodings into Postgres, and into CSV files"
  })
  const database = await startDatabase(home)
  close.push(database.stop)
  const env = { HOME: home, DATABASE_URL: database.url, VODSTATION_SCHEMA: "demo" }

  await step("its report, opened in Chromium", async () =>
    noBrowser === undefined ? lookAtReport(join(home, report), database.url) : `SKIPPED, ${noBrowser}`,
  )

  const folder = join(home, ".local/share/vodstation-etl/demo/csv")
  const plain = readPlainArchive(folder)
  for (const [file, answer] of Object.entries(plainAnswers)) {
    const sql = join(cookbook, file)
    const question = readFileSync(sql, "utf8").split("\n")[0]!.slice("-- ".length)
    await step(`export --sql, "${question}"`, async () => {
      const [, ...found] = parseCsv(await run(env, "export", "--sql", sql, "--format", "csv", "--out", "-"))
      assert.deepEqual(found, answer(plain))
      return `${found.length} rows, as plain code adds them up from the CSV files`
    })
  }

  const archive = await rows.archiveRows(database.url)
  await step("export encoding --excel, opened in LibreOffice", async () => {
    if (!hasLibreOffice) return "SKIPPED, there is no soffice"
    const file = join(home, "encoding.csv")
    await run(env, "export", "encoding", "--excel", "--out", file)
    const sheet = openInSpreadsheet([file], languages.Korean, home)["encoding"]!
    assert.deepEqual(
      sheet[0]!.map(({ value }) => value),
      rows.columnNames,
    )
    assertSameRows(rows.sheetRows(sheet), archive.map(rows.rowForSheet))
    return `${counted(archive.length * rows.columnNames.length)} cells as the database has them`
  })

  await step("export encoding --format parquet, asked in DuckDB", async () => {
    const file = join(home, "encoding.parquet")
    await run(env, "export", "encoding", "--format", "parquet", "--out", file)
    const sums =
      "count(*)::text AS rows, sum(output_total_size)::text AS bytes, sum(percent)::bigint::text AS percent"
    const [stored] = await rows.askDatabase(database.url, `SELECT ${sums} FROM encoding`)
    const [found] = await rows.askDuckDb(`SELECT ${sums} FROM '${file}'`)
    assert.deepEqual(found, Object.values(stored!))
    assertSameRows(await rows.parquetRows(file), archive)
    return `${counted(archive.length)} rows, their sums and every cell as the database has them`
  })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  for (const end of close.toReversed()) await end()
  rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
}
console.log(`${seconds(began)}  in all`)
