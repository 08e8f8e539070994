/** `serve` of an archive of many small days, ten years of them, in which a CSV archive has thousands of files. */
import { join } from "node:path"
import { expect, it, onTestFinished } from "vitest"
import { dayAddress } from "@vodstation-etl/report/pageAddress"
import { runProgram } from "./runProgram.fixture.ts"
import { serveArchive } from "./ServedArchive.fixture.ts"
import { archiveKinds, keyText } from "./ServedWorld.fixture.ts"
import { openWorkbench } from "./Workbench.fixture.ts"

const [first, middle, last] = ["2016-08-01", "2021-02-28", "2026-07-31"] as const
const dayCount = 3652

it.each(archiveKinds)("shows ten years and each of their days (%s)", { timeout: 400_000 }, async (kind) => {
  const bench = await openWorkbench({
    ...{ firstDay: first, days: dayCount, rowsPerDay: 3, failureScale: 3, stuckShare: 0 },
    ...{ now: Date.parse("2026-08-02T12:00:00+09:00"), clock: "ticking" },
  })
  onTestFinished(bench.close)
  const env = bench.environment("years")
  const folder = join(bench.home, "archive")
  const isCsv = kind === "csv"
  const args = ["backfill", "--from", first, "--to", "2026-08-01", "--quiet"]
  const filled = await runProgram([...args, ...(isCsv ? ["--archive", "csv", "--out", folder] : [])], {
    env,
    timeoutMs: 300_000,
  })
  expect(filled).toMatchObject({ code: 0 })
  const served = await serveArchive(
    isCsv ? ["--archive", "csv", "--archive-dir", folder] : [],
    env,
    bench.home,
  )
  onTestFinished(async () => {
    served.program.kill("SIGTERM")
    await served.program.ended
  })

  const { days, categories, storage } = await served.report()
  expect(days.map(({ day }) => day)).toEqual(
    Array.from({ length: dayCount }, (_, at) =>
      new Date(Date.parse(first) + at * 86_400_000).toISOString().slice(0, 10),
    ),
  )
  expect(days.every(({ encodings, look }) => encodings === 3 && look === "closed")).toBe(true)
  const failures = days.reduce((sum, { failure }) => sum + failure, 0)
  expect(failures).toBeGreaterThan(100)
  expect(categories.rows.reduce((sum, { failure }) => sum + failure, 0)).toBe(failures)
  expect(new Set(storage.map(({ month }) => month)).size).toBe(120)

  const pages = await Promise.all([first, middle, last].map((day) => served.day(dayAddress(day))))
  expect(pages.map(({ previousDay, nextDay, total }) => [previousDay, nextDay, total])).toEqual([
    [null, "2016-08-02", 3],
    ["2021-02-27", "2021-03-01", 3],
    ["2026-07-30", null, 3],
  ])
  const { rows, dayStarts } = bench.simulator.world
  const begun = (Date.parse(middle) - Date.parse(first)) / 86_400_000
  const paths = [...rows.within(dayStarts[begun]!, dayStarts[begun + 1]!)].map(
    ({ filePath }) => filePath ?? "",
  )
  expect(pages[1]!.rows.map(({ filePath }) => filePath).toSorted()).toEqual(paths.toSorted())
  expect(new Set(pages.flatMap((page) => page.rows.map(keyText))).size).toBe(9)
})
