/**
 * The last part of `pnpm pictures`: docs/pictures/day.png, what `serve` shows of a day's failures. The demo's world, read into
 * CSV files on two evenings by a clock that stands still, so that the picture is the same each time. Needs Chromium.
 */
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import * as CsvArchive from "@vodstation-etl/load/csv/CsvArchive"
import { openBrowser } from "@vodstation-etl/report/OpenedPage.fixture"
import { dayAddress } from "@vodstation-etl/report/pageAddress"
import { startSimulator } from "@vodstation-etl/simulator/Simulator"
import { demoWorld } from "./demoWorld.ts"
import { fillFromSimulator } from "./fillFromSimulator.ts"
import { serveArchive } from "./ServedArchive.fixture.ts"

const picture = join(import.meta.dirname, "../../../docs/pictures/day.png")
const day = "2026-08-13"
const evenings = [
  { now: "2026-08-13T20:00:00+09:00", to: "2026-08-14" },
  { now: "2026-08-14T20:30:00+09:00", to: "2026-08-15" },
]

const fill = (folder: string) =>
  Effect.gen(function* () {
    const { simulator: options } = demoWorld(Date.parse("2026-08-15T12:00:00+09:00"))
    const simulator = yield* startSimulator({ ...options, clock: "fixed", faults: 0 })
    const archive = { folder, timeZone: undefined, excel: undefined, access: "write" } as const
    for (const { now, to } of evenings) {
      simulator.setNow(Date.parse(now))
      yield* fillFromSimulator(simulator, { from: "2026-08-10", to }, () => Effect.void, {
        quiet: true,
      }).pipe(Effect.provide(CsvArchive.layer(archive)))
    }
  })

const home = mkdtempSync(join(tmpdir(), "pictures-"))
try {
  await Effect.runPromise(Effect.scoped(fill(join(home, "archive"))))
  const served = await serveArchive(["--archive", "csv", "--archive-dir", "archive"], {}, home)
  const browser = await openBrowser()
  try {
    const address = `${served.url}${dayAddress(day, { status: "FAILURE" })}`
    const { page } = await browser.visit(address, { viewport: { width: 1280, height: 900 } })
    await page.locator("#rows tbody tr").first().waitFor()
    // The folder is another one each time.
    await page.evaluate('document.querySelector(".subtitle").textContent = "~/archive"')
    await page.screenshot({ path: picture })
    console.log("day.png")
  } finally {
    await browser.close()
    served.program.kill("SIGTERM")
    await served.program.ended
  }
} finally {
  rmSync(home, { recursive: true, force: true })
}
