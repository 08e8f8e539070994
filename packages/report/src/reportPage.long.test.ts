/** The page in Chromium, of archives of all shapes, in both languages, light and dark, on a desk and on a phone. */
import axe from "axe-core"
import { expect, it } from "vitest"
import { inBrowser, written } from "./inBrowser.fixture.ts"
import { openAllTables } from "./openAllTables.fixture.ts"
import { aYear, shapes, tenYears } from "./reportShapes.fixture.ts"

inBrowser("a report", ({ html, open }) => {
  it.each(Object.entries(shapes))("renders %s, asks for nothing, and says nothing", async (_, data) => {
    for (const [language, width] of [
      ["en", 1280],
      ["ko", 390],
    ] as const) {
      const { page, said, asked, leave } = await open(written(data), language, {
        viewport: { width, height: 800 },
      })
      await openAllTables(page)
      await expect.poll(() => page.title()).toBe(language === "en" ? "Encoding report" : "인코딩 보고서")
      expect([said, asked]).toEqual([[], []])
      expect(await page.locator("section").count()).toBe(data.days.length === 0 ? 0 : 7)
      // A chart without anything in it would be a drawing of no use.
      for (const chart of await page.locator(".chart svg").all())
        expect(await chart.locator("path, text").count()).toBeGreaterThan(3)
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(wider).toBeLessThanOrEqual(0)
      await leave()
    }
  })

  it.each([
    ["en", "light"],
    ["en", "dark"],
    ["ko", "light"],
    ["ko", "dark"],
  ] as const)("is accessible in %s, %s: axe finds nothing", async (language, colorScheme) => {
    for (const width of [1280, 390]) {
      const { page, leave } = await open(written(aYear), language, {
        colorScheme,
        viewport: { width, height: 800 },
      })
      await openAllTables(page)
      // The page's own policy would refuse it as a script of the page.
      await page.evaluate(axe.source)
      const found = await page.evaluate(async () => (await (globalThis as any).axe.run()).violations)
      expect(found.map(({ id, nodes }: any) => [id, nodes[0].html])).toEqual([])
      await leave()
    }
  })

  it("is under 3 MB with a year of 10,000 a day, and opens soon with ten years", async () => {
    expect(Buffer.byteLength(html(written(aYear), "ko"))).toBeLessThan(1_000_000)
    expect(Buffer.byteLength(html(written(tenYears), "ko"))).toBeLessThan(3_000_000)
    const { page } = await open(written(tenYears), "ko")
    const ready = await page.evaluate(
      () => performance.getEntriesByType("navigation")[0]!.toJSON().domComplete,
    )
    expect(ready).toBeLessThan(3000)
  })
})
