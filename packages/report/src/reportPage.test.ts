/** The page as its reader finds and uses it, in Chromium, on a screen and on paper. */
import type { Page } from "playwright-core"
import { expect, it } from "vitest"
import { contrastOf } from "./contrastOf.fixture.ts"
import { inBrowser, written } from "./inBrowser.fixture.ts"
import type { Look } from "./OpenedPage.fixture.ts"
import { openAllTables } from "./openAllTables.fixture.ts"
import type { ReportData } from "./ReportData.ts"
import { aMonth, aYear, strangeNames, strangeTexts, tenYears } from "./reportShapes.fixture.ts"

inBrowser("a report", (pages) => {
  const open = (data: ReportData, look?: Look) => pages.open(written(data), "en", look)

  it.each(["light", "dark"] as const)(
    "has text and marks in its charts that stand out, %s",
    async (colorScheme) => {
      for (const data of [aYear, aMonth]) {
        const { page, leave } = await open(data, { colorScheme })
        // Charts are drawn once the page has been laid out.
        await expect
          .poll(() => page.locator(".chart svg text").count(), { timeout: 10_000 })
          .toBeGreaterThan(100)
        const { surface, texts, marks } = await coloursOf(page)
        for (const { colour, text } of texts)
          expect([text, contrastOf(colour, surface)]).toEqual([text, atLeast(4.5)])
        expect(new Set(marks).size).toBeGreaterThan(7)
        for (const colour of new Set(marks))
          expect([colour, contrastOf(colour, surface)]).toEqual([colour, atLeast(3)])
        await leave()
      }
    },
  )

  it("tells each chart in words, and has the table behind it", async () => {
    const { page } = await open(aMonth)
    const descriptions = await page
      .locator("figure .chart")
      .evaluateAll((charts) =>
        charts.map((chart) => [chart.getAttribute("role"), chart.getAttribute("aria-label")]),
      )
    expect(descriptions).toHaveLength(7)
    expect(descriptions.map(([role]) => role)).toEqual(descriptions.map(() => "img"))
    expect(descriptions[0]![1]).toMatch(
      /^Complete 1\d\d,\d{3}, Canceled \d+, Not ended \d+, Failed 1,\d{3}, Failures, %: 1\.\d+ %$/,
    )
    expect(descriptions[1]![1]).toBe("closed 28, open 2, failed 1, missing 0")
  })

  it("shows the same figures as its data", async () => {
    const { page } = await open(aMonth)
    const total = aMonth.days.reduce((sum, day) => sum + day.encodings, 0)
    expect(await page.locator(".figures b").allTextContents()).toEqual([
      total.toLocaleString("en"),
      expect.stringMatching(/^1\.\d+ %$/),
      expect.stringMatching(/^\d\d\.\d TB$/),
      "90.3 %",
      "3",
      "3",
      "31",
      expect.stringMatching(/ %$/),
    ])
  })

  it("filters a table by words and by category, sorts it by its heads, and shows more, by keyboard alone", async () => {
    const { page } = await open(aMonth)
    const table = page.locator("#failures .data-table").last()
    const lines = table.locator("tbody tr")
    const said = table.getByRole("status")
    expect([await lines.count(), await said.textContent()]).toEqual([12, "60 of 60 rows"])

    await table.getByRole("searchbox").focus()
    // As macOS composes it.
    await page.keyboard.type("제1화 FINAL".normalize("NFD"))
    expect(await said.textContent()).toBe("1 of 60 rows")
    await page.keyboard.press("Control+A")
    await page.keyboard.type("nothing at all")
    expect(await lines.allTextContents()).toEqual(["No row matches."])
    await page.keyboard.press("Control+A")
    await page.keyboard.press("Delete")

    await page.keyboard.press("Shift+Tab")
    for (let down = 0; down < 4; down += 1) await page.keyboard.press("ArrowDown")
    const categories = await table.locator("tbody td:nth-child(2)").allTextContents()
    expect(new Set(categories)).toEqual(new Set(["뉴스"]))
    for (let up = 0; up < 4; up += 1) await page.keyboard.press("ArrowUp")
    expect(await said.textContent()).toBe("60 of 60 rows")

    await table.getByRole("button", { name: "Last day" }).focus()
    await page.keyboard.press("Enter")
    expect(await lines.first().locator("td").last().textContent()).toBe("2026-07-01")
    await page.keyboard.press("Enter")
    expect(await lines.first().locator("td").last().textContent()).toBe("2026-08-19")
    expect(await table.locator("[aria-sort]").getAttribute("aria-sort")).toBe("descending")

    await table.getByRole("button", { name: "Show 48 more" }).press("Space")
    expect(await lines.count()).toBe(60)
  })

  it("adds days up to weeks and months, in the chart and in its table", async () => {
    const { page } = await open(aYear)
    const outcome = page.locator("#outcome")
    await outcome.locator("summary").press("Enter")
    const said = outcome.getByRole("status")
    expect(await said.textContent()).toBe("53 of 53 rows")
    await outcome.getByLabel("Add up by").selectOption("month")
    expect(await said.textContent()).toBe("13 of 13 rows")
    expect(await outcome.locator(".chart svg").textContent()).toContain("2026-08")
    await outcome.getByLabel("Add up by").selectOption("day")
    expect(await said.textContent()).toBe("365 of 365 rows")
  })

  it("shows the last two of ten years, and all of them when asked", async () => {
    const { page } = await open(tenYears)
    const calendar = page.locator("#coverage .chart svg")
    expect(await calendar.textContent()).not.toContain("2016")
    await page.getByRole("button", { name: "All 11 years" }).press("Enter")
    for (const year of ["2016", "2021", "2026"]) expect(await calendar.textContent()).toContain(year)
    await page.getByRole("button", { name: "The last two years" }).press("Enter")
    expect(await calendar.textContent()).not.toContain("2016")
  })

  it("writes whatever an archive holds as text", async () => {
    const { page } = await open(strangeNames)
    await openAllTables(page)
    const shown = await page.locator("body").innerText()
    for (const text of strangeTexts.slice(0, 3)) expect(shown).toContain(text)
    expect(await page.locator("img, body script:not(:has-text(''))").count()).toBe(0)
    expect(await page.title()).toBe("Encoding report")
    // A tip is drawn from the same names.
    await page.locator("#failures .chart").hover({ position: { x: 400, y: 14 } })
    await expect.poll(() => page.locator("#failures .chart svg").textContent()).toContain("Failures, %")
    expect(await page.title()).toBe("Encoding report")
  })

  it("fits paper, in dark colours as well: nothing is cut off, and colours are those of paper", async () => {
    const { page } = await open(aYear, { colorScheme: "dark" })
    await page.emulateMedia({ media: "print", colorScheme: "dark" })
    await page.setViewportSize({ width: 680, height: 900 })
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")))
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      "rgb(255, 255, 255)",
    )
    const widths = await page
      .locator(".chart svg")
      .evaluateAll((charts) => charts.map((chart) => chart.clientWidth))
    for (const width of widths) expect(width).toBeLessThanOrEqual(680)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(680)
    await page.evaluate(() => dispatchEvent(new Event("afterprint")))
    expect(await page.pdf().then((pdf) => pdf.length)).toBeGreaterThan(50_000)
  })

  it("says so where scripts are not allowed", async () => {
    const { page } = await open(aMonth, { javaScriptEnabled: false })
    expect(await page.locator("body").innerText()).toContain("Allow scripts to see them.")
  })
})

const atLeast = (least: number): any => ({
  asymmetricMatch: (value: number) => value >= least,
  toString: () => `at least ${least}`,
})

/** The computed colours of the charts' texts and of the marks of their series, as against what they are drawn on. */
const coloursOf = (page: Page) =>
  page.evaluate(() => {
    const texts = [...document.querySelectorAll<SVGElement>(".chart svg text")].map((text) => ({
      text: text.textContent,
      colour: getComputedStyle(text).fill,
    }))
    const style = getComputedStyle(document.documentElement)
    const line = style.getPropertyValue("--line")
    const box = style.getPropertyValue("--box")
    const marks = [...document.querySelectorAll<SVGElement>(".chart svg path")].flatMap((path) => {
      const fill = path.getAttribute("fill") ?? ""
      return fill.startsWith("var(") && !["var(--line)", "var(--box)"].includes(fill)
        ? [getComputedStyle(path).fill]
        : []
    })
    return { surface: style.backgroundColor, texts, marks, line, box }
  })
