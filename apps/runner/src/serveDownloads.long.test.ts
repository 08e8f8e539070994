/**
 * What `serve` sends as CSV does not gather in its memory, however large the day and however slow its reader; and what cannot be
 * sent to its end does not look as if it had been.
 */
import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { get } from "node:http"
import { join } from "node:path"
import { setTimeout as delay } from "node:timers/promises"
import { afterAll, beforeAll, expect, it } from "vitest"
import { dayAddress, dayCsvAddress } from "@vodstation-etl/report/pageAddress"
import { runProgram } from "./runProgram.fixture.ts"
import type { ServedArchive } from "./ServedArchive.fixture.ts"
import { serveArchive } from "./ServedArchive.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"
import type { Workbench } from "./Workbench.fixture.ts"

let bench: Workbench
const schema = "serve_memory"
const rows = 300_000
const loadDay = join(import.meta.dirname, "../../../packages/load/src/csv/loadDay.fixture.ts")

beforeAll(async () => {
  bench = await openWorkbench({ firstDay: "2021-09-12", days: 1, rowsPerDay: 1, stuckShare: 0 })
  const range = ["--from", "2021-09-12", "--to", "2021-09-13"]
  const env = bench.environment(schema)
  expect(await runProgram(["backfill", ...range], { env })).toMatchObject({ code: 0 })
  await bench.execute(
    schema,
    `INSERT INTO encoding
     SELECT work_date, category_id, file_path, output_type, occurrence + n, repeat('긴 이름 ', 30), status, link, percent,
            output_total_size, last_work_time, requested_from, requested_before, missing_since, anomalies, raw,
            first_seen_at, changed_at, run_id
     FROM encoding, generate_series(1, ${rows - 1}) AS n`,
  )
  execFileSync(process.execPath, [loadDay, "archive", join(bench.home, "archive"), String(rows), "0"])
})
afterAll(() => bench.close())

/** The peak of the process so far, bytes. */
const peakOf = ({ program }: ServedArchive): number =>
  1024 * Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${program.pid}/status`, "utf8"))![1])

/** Takes all of it, with rests; gives the count of lines and bytes. */
const download = ({ url }: ServedArchive, path: string) =>
  new Promise<{ readonly lines: number; readonly bytes: number }>((resolve, reject) => {
    get(url + path, async (response) => {
      let [lines, bytes, rested] = [0, 0, 0]
      try {
        for await (const chunk of response as AsyncIterable<Buffer>) {
          bytes += chunk.length
          for (const byte of chunk) if (byte === 0x0a) lines++
          if (bytes - rested < 8_000_000) continue
          rested = bytes
          await delay(100)
        }
        resolve({ lines, bytes })
      } catch (cause) {
        reject(cause)
      }
    }).on("error", reject)
  })

it.each([
  ["postgres", () => [], 60_000_000],
  // DuckDB puts the day's rows in order first.
  ["csv", () => ["--archive", "csv", "--archive-dir", join(bench.home, "archive")], 450_000_000],
] as const)("a day of 300,000 rows (%s)", async (_, flags, most) => {
  const server = await serveArchive(flags(), bench.environment(schema), bench.home)
  try {
    const day = await server.day(dayAddress("2021-09-12"))
    expect([day.total, day.rows.length]).toEqual([rows, 200])
    const before = peakOf(server)
    const { lines, bytes } = await download(server, dayCsvAddress("2021-09-12"))
    expect(lines).toBe(rows + 1)
    const grown = peakOf(server) - before
    process.stdout.write(
      `${Math.round(bytes / 1e6)} MB: ${Math.round(before / 1e6)} MB, and ${Math.round(grown / 1e6)} more\n`,
    )
    expect(grown).toBeLessThan(most)
  } finally {
    server.program.kill("SIGTERM")
    await server.program.ended
  }
})

it("a download that the database does not finish is cut off, which its reader sees, and said in one line", async () => {
  const server = await serveArchive([], bench.environment(schema), bench.home)
  try {
    const response = await fetch(server.url + dayCsvAddress("2021-09-12"))
    const reader = response.body!.getReader()
    await reader.read()
    await bench.select(
      "public",
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'COPY%'",
    )
    const rest = async () => {
      while (!(await reader.read()).done);
    }
    await expect(rest()).rejects.toThrow("terminated")
    await expect
      .poll(server.program.saidSoFar, { timeout: 10_000 })
      .toMatch(/\nThe download encodings-2021-09-12\.csv was cut off: .* \[ArchiveFailed\]\n$/)
    expect((await server.ask(dayAddress("2021-09-12"))).status).toBe(200)
  } finally {
    server.program.kill("SIGTERM")
    await server.program.ended
  }
})
