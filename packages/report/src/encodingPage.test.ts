/** The page of an encoding as its reader finds and uses it, in Chromium. */
import { expect, it } from "vitest"
import type { EncodingData } from "./EncodingData.ts"
import { manyStates, nothingTold, oneState, strangeEncoding, withdrawn } from "./encodingShapes.fixture.ts"
import { inBrowser } from "./inBrowser.fixture.ts"
import { dayAddress, encodingAddress, encodingCsvAddress } from "./pageAddress.ts"
import { strangeTexts } from "./reportShapes.fixture.ts"
import { linesOf } from "./shownTable.fixture.ts"

const pageOf = (encoding: EncodingData) => ({ kind: "encoding", encoding }) as const

inBrowser("an encoding", ({ open }) => {
  it("tells what it is, and its latest state", async () => {
    const { page } = await open(pageOf(manyStates))
    expect(await page.title()).toBe(`Encoding of ${manyStates.key.filePath} · Encoding report`)
    expect(await page.locator("header a").evaluateAll(hrefs)).toEqual(["/", dayAddress("2026-08-14")])
    expect(await page.locator(".facts > div").evaluateAll(textsOfParts)).toEqual([
      ["File", manyStates.key.filePath],
      ["Format", "AVC_HD_1Pass_30fps"],
      ["Category", "드라마 (10019)"],
      ["Day", "2026-08-14"],
      ["Requested", "from 2026-08-14 00:00:00, before 2026-08-14 01:00:00"],
      ["Status", "COMPLETE"],
      ["Done, %", "100 %"],
      ["Size", "310 MB (310,204,512 bytes)"],
      ["Last work", "2026-08-14 00:00:00"],
      ["Link", "none"],
      ["Listed by the API", "yes, when the day was last read"],
      ["Not understood", "none"],
    ])
    const { page: strange } = await open(pageOf(strangeEncoding))
    const facts = await strange.locator(".facts > div").evaluateAll(textsOfParts)
    expect(facts).toContainEqual(["Twin", "number 3 of this file and format on this day"])
    expect(facts).toContainEqual(["Listed by the API", "no more since 2026-08-23 03:11:00"])
  })

  it("draws its states in order, with how long each lasted, in shapes that differ", async () => {
    const { page } = await open(pageOf(manyStates))
    const parts = page.locator(".band g")
    await expect.poll(() => parts.count()).toBe(8)
    expect((await parts.locator("title").allTextContents()).map((title) => title.split("\n"))).toEqual([
      ["WAITING", "2026-08-14 03:11:00 – 2026-08-14 03:11:04", "4 sec"],
      ["RUNNING", "2026-08-14 03:11:04 – 2026-08-14 03:14:00", "3 min"],
      ["RUNNING", "2026-08-14 03:14:00 – 2026-08-14 05:11:00", "1 hr 57 min"],
      ["FAILURE", "2026-08-14 05:11:00 – 2026-08-15 03:11:00", "22 hr"],
      ["withdrawn", "2026-08-15 03:11:00 – 2026-08-17 03:11:00", "2 days"],
      ["WAITING", "2026-08-17 03:11:00 – 2026-08-17 04:11:00", "1 hr"],
      ["CANCELED", "2026-08-17 04:11:00 – 2026-08-18 03:11:00", "23 hr"],
      ["COMPLETE", "2026-08-18 03:11:00 – 2026-08-22 03:11:00", "4 days"],
    ])
    expect(await page.locator(".legend li").allTextContents()).toEqual([
      ...["Not ended", "Failed", "withdrawn", "Canceled", "Complete"],
    ])
    // In one colour, no two of them look alike.
    const marks = await page
      .locator(".legend svg")
      .evaluateAll((drawings) =>
        drawings.map((drawing) =>
          drawing.innerHTML
            .replaceAll(/<rect[^>]*fill="transparent"><\/rect>/g, "")
            .replaceAll(/var\([^)]*\)/g, "colour"),
        ),
      )
    expect(marks).toHaveLength(5)
    expect(new Set(marks).size).toBe(5)
    expect(await page.locator(".band").getAttribute("aria-label")).toMatch(
      /^WAITING 2026-08-14 03:11:00, RUNNING/,
    )
  })

  it("is drawn anew for a narrow window, and for paper", async () => {
    const { page } = await open(pageOf(manyStates))
    const width = () => page.locator(".band svg").getAttribute("width")
    await expect.poll(width).toBe("1152")
    await page.setViewportSize({ width: 390, height: 800 })
    await expect.poll(width).toBe("358")
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")))
    expect(await width()).toBe("680")
  })

  it("marks what changed against the state before, for eyes and for ears", async () => {
    const { page } = await open(pageOf(manyStates))
    const lines = await linesOf(page, "#timeline")
    const marked = lines.map((line) =>
      line.flatMap((cell, index) => (cell.includes("differs") ? [index] : [])),
    )
    expect(marked).toEqual([[], [3, 4], [4], [3], [3, 4], [3], [3, 4, 5, 6, 8]])
    expect(lines.map((line) => line.slice(0, 3)).at(-1)).toEqual(["2026-08-18 03:11:00", "now", "4 days"])
    expect(await page.locator("#timeline .marked").count()).toBe(12)
    // Also where the order is another.
    await page.locator("#timeline").getByRole("button", { name: "Done, %" }).press("Enter")
    expect(await page.locator("#timeline .marked").count()).toBe(12)
  })

  it("shows what the API gave, and leads to what else there is of its file, and to all as CSV", async () => {
    const { page } = await open(pageOf(manyStates))
    expect(await page.locator("pre").textContent()).toBe(manyStates.raw)
    expect(await page.locator("#others td a").evaluateAll(hrefs)).toEqual(
      manyStates.others.map(encodingAddress),
    )
    expect(await page.locator("#others td a").allTextContents()).toEqual(
      manyStates.others.map(({ outputType }) => outputType),
    )
    expect(await page.getByRole("link", { name: /as CSV/ }).evaluateAll(hrefs)).toEqual([
      encodingCsvAddress(manyStates.key),
    ])
  })

  it.each([
    [withdrawn, "It was withdrawn: the API lists it no more"],
    [nothingTold, "The archive knows no state of it."],
    [oneState, "The columns say all that the API gave."],
    [oneState, "There is nothing else of this file on this day."],
  ] as const)("says so where there is nothing, %#", async (encoding, text) => {
    const { page } = await open(pageOf(encoding))
    expect(await page.locator("main").innerText()).toContain(text)
  })

  it("writes whatever an archive holds as text, and follows no address of it", async () => {
    const { page, said } = await open(pageOf(strangeEncoding))
    const shown = await page.locator("body").innerText()
    for (const text of strangeTexts.slice(0, 3)) expect(shown).toContain(text)
    expect(await page.locator("img, body script:not(:has-text(''))").count()).toBe(0)
    expect(await page.locator("a:not([href^='/'])").count()).toBe(0)
    expect(await page.title()).toContain("Encoding of </script><script>document.title =")
    expect(said).toEqual([])
  })
})

const hrefs = (links: ReadonlyArray<Element>) => links.map((link) => link.getAttribute("href"))

const textsOfParts = (parts: ReadonlyArray<Element>) =>
  parts.map((part) => [...part.children].map((child) => child.textContent))
