/** The pages that a served report leads to, of days and encodings of all shapes, in both languages, light and dark. */
import axe from "axe-core"
import { expect, it } from "vitest"
import { contrastOf } from "./contrastOf.fixture.ts"
import { dayShapes, strangeDay, aDay, failedDay } from "./dayShapes.fixture.ts"
import { encodingShapes, manyStates, strangeEncoding } from "./encodingShapes.fixture.ts"
import { inBrowser } from "./inBrowser.fixture.ts"
import { openAllTables } from "./openAllTables.fixture.ts"
import type { PageData } from "./PageData.ts"
import { aYear } from "./reportShapes.fixture.ts"

const pages: Readonly<Record<string, PageData>> = {
  ...Object.fromEntries(Object.entries(dayShapes).map(([name, day]) => [name, { kind: "day", day }])),
  ...Object.fromEntries(
    Object.entries(encodingShapes).map(([name, encoding]) => [name, { kind: "encoding", encoding }]),
  ),
}

/** And how many signs and drawn marks each has at least. */
const looked: ReadonlyArray<readonly [PageData, number]> = [
  [{ kind: "day", day: aDay }, 100],
  [{ kind: "day", day: failedDay }, 0],
  [{ kind: "day", day: strangeDay }, 10],
  [{ kind: "encoding", encoding: manyStates }, 16],
  [{ kind: "encoding", encoding: strangeEncoding }, 16],
  [{ kind: "report", served: true, report: aYear }, 0],
]

const ways = [
  ["en", "light", 1280],
  ["en", "dark", 390],
  ["ko", "light", 390],
  ["ko", "dark", 1280],
] as const

inBrowser("a page of a served report", ({ open }) => {
  it.each(Object.entries(pages))(
    "shows %s, asks for nothing, says nothing, and is no wider than its window",
    async (_, data) => {
      for (const [language, colorScheme, width] of ways) {
        const { page, said, asked, leave } = await open(data, language, {
          colorScheme,
          viewport: { width, height: 800 },
        })
        await expect.poll(() => page.evaluate(bandsAreDrawn)).toBe(true)
        expect([said, asked]).toEqual([[], []])
        // Made to its end.
        expect(await page.locator("footer").innerText()).toContain("vodstation-etl 0.1.0")
        const wider = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect(await wider()).toBeLessThanOrEqual(0)
        await leave()
      }
    },
  )

  it.each(Object.entries(pages))("prints %s without anything being cut off at the side", async (_, data) => {
    const { page, leave } = await open(data, "ko", { colorScheme: "dark" })
    await page.emulateMedia({ media: "print", colorScheme: "dark" })
    await page.setViewportSize({ width: 680, height: 900 })
    await page.evaluate(() => dispatchEvent(new Event("beforeprint")))
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(680)
    expect(await page.locator("form:visible, button:visible:not(th button)").count()).toBe(0)
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)).toBe(
      "rgb(255, 255, 255)",
    )
    await leave()
  })

  it.each(ways)(
    "is accessible in %s, %s, %i pixels wide: axe finds nothing",
    async (language, colorScheme, width) => {
      for (const [data] of looked) {
        const { page, leave } = await open(data, language, { colorScheme, viewport: { width, height: 800 } })
        await openAllTables(page)
        await page.evaluate(axe.source)
        const found = await page.evaluate(async () => (await (globalThis as any).axe.run()).violations)
        expect(found.map(({ id, nodes }: any) => [id, nodes[0].html])).toEqual([])
        await leave()
      }
    },
  )

  it.each(["light", "dark"] as const)(
    "has text with a contrast of 4.5, and marks with one of 3, %s",
    async (colorScheme) => {
      for (const [data, least] of looked) {
        const { page, leave } = await open(data, "en", { colorScheme })
        await expect.poll(() => page.evaluate(bandsAreDrawn)).toBe(true)
        const { texts, marks, surface } = await page.evaluate(coloursOfPage)
        expect(texts.length).toBeGreaterThan(8)
        for (const { text, colour, behind } of texts)
          expect([text, contrastOf(colour, behind) >= 4.5]).toEqual([text, true])
        for (const [mark, colour] of marks)
          expect([mark, contrastOf(colour, surface) >= 3]).toEqual([mark, true])
        expect(marks.length).toBeGreaterThanOrEqual(least)
        await leave()
      }
    },
  )
})

/** In the browser. */
const bandsAreDrawn = () =>
  [...document.querySelectorAll(".band")].every((band) => band.querySelector("g") !== null)

/** In the browser: colours of texts as they are on what lies behind them, of the signs before a status, and of the band. */
const coloursOfPage = () => {
  const clear = "rgba(0, 0, 0, 0)"
  const behindOf = (start: Element): string => {
    for (let part: Element | null = start; part !== null; part = part.parentElement) {
      const colour = getComputedStyle(part).backgroundColor
      if (colour !== clear) return colour
    }
    return "rgb(255, 255, 255)"
  }
  const texts = [...document.querySelectorAll("body *:not(script):not(style):not(noscript)")]
    .filter(
      (part) =>
        part.closest(".chart, svg title") === null &&
        [...part.childNodes].some((child) => child.nodeType === 3 && child.textContent!.trim() !== ""),
    )
    .map((part) => ({
      text: part.textContent.slice(0, 40),
      colour: getComputedStyle(part)[part instanceof SVGElement ? "fill" : "color"],
      behind: behindOf(part),
    }))
    .filter(({ colour }) => colour !== clear)
  const signs = [...document.querySelectorAll(".status")].map(
    (part) => [part.textContent, getComputedStyle(part, "::before").color] as const,
  )
  const drawn = [...document.querySelectorAll(".band svg :is(rect, path)")].flatMap((part) => {
    const { fill, stroke } = getComputedStyle(part)
    const own = part.getAttribute("stroke") === "var(--surface)" ? [] : [fill, stroke]
    return own
      .filter((colour) => colour.startsWith("rgb("))
      .map((colour) => [part.outerHTML, colour] as const)
  })
  return {
    texts,
    marks: [...signs, ...drawn],
    surface: getComputedStyle(document.documentElement).backgroundColor,
  }
}
