/** A walk through the pages of `serve` in a browser, as somebody goes who looks for what failed. */
import { readFileSync } from "node:fs"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { encodingAddress } from "@vodstation-etl/report/pageAddress"
import { noBrowser, openBrowser } from "@vodstation-etl/report/OpenedPage.fixture"
import type { OpenedPage, PageBrowser } from "@vodstation-etl/report/OpenedPage.fixture"
import { openAllTables } from "@vodstation-etl/report/openAllTables.fixture"
import { violationsOf } from "@vodstation-etl/report/violationsOf.fixture"
import type { ServedWorld } from "./ServedWorld.fixture.ts"
import { archiveKinds, openServedWorld } from "./ServedWorld.fixture.ts"

const day = "2026-08-02"

describe.skipIf(noBrowser !== undefined)(
  `a walk through what is served${noBrowser === undefined ? "" : ` (${noBrowser})`}`,
  () => {
    let world: ServedWorld
    let browser: PageBrowser

    beforeAll(async () => {
      world = await openServedWorld(700)
      browser = await openBrowser()
      // So that something has a past.
      const { rows, dayStarts } = world.bench.simulator.world
      for (const row of rows.within(dayStarts[1]!, dayStarts[2]!).slice(0, 40))
        rows.change(row, { outcome: row.outcome === "COMPLETE" ? "FAILURE" : "COMPLETE" })
      for (const kind of archiveKinds) await world.backfill(kind, "--refresh")
    })
    afterAll(async () => {
      await browser.close()
      await world.close()
    })

    const counted = async (condition: string): Promise<number> => {
      const [row] = await world.bench.select(
        world.schema,
        `SELECT count(*)::int AS rows FROM encoding WHERE work_date = '${day}' AND ${condition}`,
      )
      return row!["rows"]
    }

    /** A file that failed once. */
    const withAPast = async () => {
      const [row] = await world.bench.select(
        world.schema,
        `SELECT now.work_date AS "workDate", now.category_id::text AS "categoryId", now.file_path AS "filePath",
                now.output_type AS "outputType", now.occurrence
         FROM encoding AS now JOIN encoding_history AS old
           USING (work_date, category_id, file_path, output_type, occurrence)
         WHERE old.status = 'FAILURE' AND now.status = 'COMPLETE' AND now.file_path <> '' AND occurrence = 1
         ORDER BY now.file_path LIMIT 1`,
      )
      return row as Parameters<typeof encodingAddress>[0]
    }

    const rowsOf = ({ page }: OpenedPage) => page.locator("#rows tbody tr")

    it.each(archiveKinds)(
      "leads from the report to a day, its failures, the next of its rows, an encoding and its past (%s)",
      async (kind) => {
        const { url } = world.served[kind]
        const opened = await browser.visit(`${url}/`)
        const { page, said, asked, leave } = opened
        await openAllTables(page)
        await page.locator(`a[href="/days/${day}"]`).first().click()
        await page.waitForURL(`${url}/days/${day}`)
        expect(await rowsOf(opened).count()).toBe(200)

        await page.locator("#rows select[name=status]").selectOption("FAILURE")
        await page.locator("#rows button[type=submit]").click()
        await page.waitForURL(`${url}/days/${day}?status=FAILURE`)
        expect(await rowsOf(opened).count()).toBe(await counted("status = 'FAILURE'"))
        expect(await violationsOf(page)).toEqual([])

        const download = page.waitForEvent("download")
        await page.locator(`#rows a[href="/days/${day}.csv?status=FAILURE"]`).click()
        const file = await download
        expect(file.suggestedFilename()).toBe(`encodings-${day}-FAILURE.csv`)
        const lines = readFileSync(await file.path(), "utf8")
          .trimEnd()
          .split("\n")
        expect(lines).toHaveLength((await counted("status = 'FAILURE'")) + 1)

        await page.goBack()
        await page.locator("#rows a[rel=next]").click()
        await page.waitForURL(/afterCategory=/)
        expect(await rowsOf(opened).count()).toBe(200)

        const key = await withAPast()
        await page.locator("#rows input[name=file]").fill(key.filePath.toUpperCase())
        await page.locator("#rows button[type=submit]").click()
        await page.waitForURL(/file=/)
        await page.locator(`#rows a[href="${encodingAddress(key)}"]`).click()
        await page.waitForURL(`${url}${encodingAddress(key)}`)
        const states = page.locator("#timeline tbody tr")
        expect(await states.count()).toBe(2)
        expect(await states.allInnerTexts()).toEqual([
          expect.stringContaining("FAILURE"),
          expect.stringContaining("COMPLETE"),
        ])
        expect(await violationsOf(page)).toEqual([])

        expect(said).toEqual([])
        expect(asked.filter((address) => !address.startsWith(`${url}/`))).toEqual([])
        await leave()
      },
    )

    it("stays in the language that it began in", async () => {
      const { url } = world.served.postgres
      const { page, said, leave } = await browser.visit(`${url}/days/${day}?lang=ko`)
      await page.locator("#rows select[name=status]").selectOption("FAILURE")
      await page.locator("#rows button[type=submit]").click()
      await page.waitForURL(`${url}/days/${day}?status=FAILURE&lang=ko`)
      await page.locator("#rows tbody a").first().click()
      await page.waitForURL(/\/encodings\?.*&lang=ko$/)
      expect(await page.locator("html").getAttribute("lang")).toBe("ko")
      expect(said).toEqual([])
      await leave()
    })

    it("shows a refusal as what it is", async () => {
      const { page, leave } = await browser.visit(`${world.served.csv.url}/days/2026-13-45`)
      expect((await page.locator("body").innerText()).trimEnd()).toBe(
        "There is no day 2026-13-45. A day is written as 2021-09-12.",
      )
      await leave()
    })
  },
)
