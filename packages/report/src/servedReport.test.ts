/** A served report leads to the pages of its days and encodings; one that lies on a disk leads nowhere. */
import type { Page } from "playwright-core"
import { expect, it } from "vitest"
import { inBrowser, written } from "./inBrowser.fixture.ts"
import { openAllTables } from "./openAllTables.fixture.ts"
import { dayAddress, encodingAddress } from "./pageAddress.ts"
import { aMonth } from "./reportShapes.fixture.ts"
import { aDay } from "./dayShapes.fixture.ts"

const report = { kind: "report", served: true, report: aMonth } as const

inBrowser("a served report", ({ open, serve }) => {
  it("leads from its tables to days, files and stuck encodings", async () => {
    const { page } = await open(report)
    await openAllTables(page)
    await expect.poll(() => page.locator("#coverage td a").count()).toBe(12)
    const first = aMonth.days.at(-1)!.day
    expect(await hrefsIn(page, "#coverage td:first-child a")).toContain(dayAddress(first))
    expect(await hrefsIn(page, "#health td a")).toEqual(
      aMonth.days
        .filter(({ look }) => look !== "closed")
        .toReversed()
        .map(({ day }) => dayAddress(day)),
    )
    const file = aMonth.failedFiles.rows[0]!
    expect((await hrefsIn(page, "#failures td a"))[0]).toBe(
      // The path of an output is `…final_AVC_HD_1Pass_30fps.mp4`.
      dayAddress(file.lastDay, { categoryId: file.categoryId, file: "/드라마/2026/제1화 본편 final" }),
    )
    expect(await hrefsIn(page, "#troubles td:nth-child(6) a")).toEqual(
      aMonth.stuck.rows.map(({ day, categoryId, file, format, occurrence }) =>
        encodingAddress({ workDate: day, categoryId, filePath: file, outputType: format, occurrence }),
      ),
    )
  })

  it("leads from a day of its calendar to the page of the day", async () => {
    const { page, origin, said } = await serve("/", ({ pathname }) =>
      pathname === "/" ? report : { kind: "day", day: { ...aDay, day: pathname.slice(6) } },
    )
    const failed = aMonth.days.find(({ look }) => look === "failed")!.day
    await clickFailedDay(page)
    await page.waitForURL(`${origin}${dayAddress(failed)}`)
    expect(await page.locator("h1").textContent()).toBe(`Work day ${failed}`)
    expect(said).toEqual([])
  })

  it("leads nowhere from a disk", async () => {
    const { page, asked } = await open(written(aMonth))
    await openAllTables(page)
    expect(await page.locator("td").count()).toBeGreaterThan(100)
    expect(await page.locator("a:not([href^='#'])").count()).toBe(0)
    await clickFailedDay(page)
    expect(asked).toEqual([])
  })
})

const hrefsIn = (page: Page, links: string) =>
  page.locator(links).evaluateAll((found) => found.map((link) => link.getAttribute("href")))

/** Below the mark of the legend. */
const clickFailedDay = async (page: Page) => {
  await page.locator("#coverage .chart").scrollIntoViewIfNeeded()
  const marks = await page.locator('#coverage .chart path[fill="var(--failed)"]').all()
  const boxes = await Promise.all(marks.map((mark) => mark.boundingBox()))
  const { x, y, width, height } = boxes.toSorted((a, b) => b!.y - a!.y)[0]!
  await page.mouse.click(x + width / 2, y + height / 2)
}
