/** The page of a day as its reader finds and uses it, in Chromium. */
import { expect, it } from "vitest"
import type { DayData } from "./DayData.ts"
import {
  aDay,
  dayWithoutRows,
  failedDay,
  laterPage,
  nothingMatches,
  oneRow,
  strangeDay,
  strangeRows,
  unknownDay,
} from "./dayShapes.fixture.ts"
import { inBrowser } from "./inBrowser.fixture.ts"
import { linesOf, tableOf } from "./shownTable.fixture.ts"
import type { DayFilter } from "./pageAddress.ts"
import { dayAddress, dayCsvAddress, encodingAddress } from "./pageAddress.ts"
import { strangeTexts } from "./reportShapes.fixture.ts"

const pageOf = (day: DayData) => ({ kind: "day", day }) as const

/** What an address chooses, as a server reads it. */
const filterOf = ({ searchParams }: URL): DayFilter =>
  Object.fromEntries(
    [...searchParams].map(([name, value]) => [name === "category" ? "categoryId" : name, value]),
  )

inBrowser("a day", ({ open, serve }) => {
  it("tells how it was read, and what became of its encodings", async () => {
    const { page } = await open(pageOf(aDay))
    expect(await page.title()).toBe("Work day 2026-08-14 · Encoding report")
    const figures = await page
      .locator(".figures > div")
      .evaluateAll((parts) =>
        parts.map((part) => [...part.querySelectorAll("b, dt, span")].map((each) => each.textContent)),
      )
    expect(figures).toEqual([
      ["encodings", "9,876", "the day is open"],
      ["complete", "9,700", "2.31 TB"],
      ["failed", "120", "1.22 % of what ended"],
      ["not ended", "6", "and 50 canceled"],
      ["proof", "pigeonhole", "the total stood still"],
      ["forgotten by the API", "3", "kept here"],
      ["rows not understood", "2", "kept as they came"],
      ["requests", "14", "read at 2026-08-16 03:11"],
    ])
    expect(await page.locator("header a").evaluateAll(hrefs)).toEqual([
      "/",
      dayAddress("2026-08-13"),
      dayAddress("2026-08-15"),
    ])
  })

  it("says of a day that took several requests that each part of it, and not all, was on one page", async () => {
    const figures = { ...aDay.figures!, proof: "single-page" as const }
    const { page } = await open(pageOf({ ...aDay, figures }))
    const proof = page.locator(".figures > div").filter({ hasText: "single-page" })
    expect(await proof.locator("span").last().textContent()).toBe("each part was on one page")
  })

  it("leads from each row to its encoding, whatever its key", async () => {
    const { page } = await open(pageOf(strangeDay))
    expect(await page.locator("#rows td a").evaluateAll(hrefs)).toEqual(strangeRows.map(encodingAddress))
    expect(await page.locator("#rows td a").first().textContent()).toBe("(no path)")
    // Which of the twins a row is.
    expect((await linesOf(page, "#rows")).slice(0, 2).map((line) => line[5])).toEqual(["1", "2"])
  })

  it("is chosen from by keyboard, in an address that can be sent, and the way back leads to what was shown", async () => {
    const opened = await serve("/days/2026-08-14", (address) =>
      pageOf({ ...aDay, filter: filterOf(address) }),
    )
    const { page, origin, answered, said } = opened
    const shown = () =>
      page
        .locator("form :is(select, input)")
        .evaluateAll((fields) =>
          (fields as Array<HTMLSelectElement>).map(
            (field) => field.selectedOptions?.[0]?.text ?? field.value,
          ),
        )
    await page.getByLabel("Status").focus()
    // The last one is that of rows without a status.
    await page.keyboard.press("End")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    for (let down = 0; down < 2; down += 1) await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await page.keyboard.type("제1화 <b> & 50%")
    const chosen = { status: "", categoryId: "10020", file: "제1화 <b> & 50%" }
    await page.keyboard.press("Enter")
    await page.waitForURL(`${origin}${dayAddress("2026-08-14", chosen)}`)
    expect(await shown()).toEqual(["(none) · 2", "all", "예능 (10020) · 3,000", chosen.file])
    expect(await page.getByRole("link", { name: /as CSV/ }).getAttribute("href")).toBe(
      dayCsvAddress("2026-08-14", chosen),
    )
    await page.goBack()
    await expect.poll(shown).toEqual(["all", "all", "all", ""])
    // Nothing is chosen, and nothing is in the address.
    await page.getByRole("button", { name: "Show" }).press("Enter")
    await page.waitForURL(/14\??$/)
    await page.goto(`${origin}${dayAddress("2026-08-14", chosen)}`)
    await page.getByRole("link", { name: "Show all" }).press("Enter")
    await page.waitForURL(`${origin}/days/2026-08-14`)
    expect(said).toEqual([])
    expect(answered.filter((path) => !path.startsWith("/days/2026-08-14"))).toEqual([])
  })

  it("keeps the language that its address asks for", async () => {
    const { page, origin } = await serve("/days/2026-08-14?lang=ko", () => pageOf(aDay))
    for (const link of await page.locator("a").all())
      expect(new URL((await link.getAttribute("href"))!, origin).searchParams.get("lang")).toBe("ko")
    await page.getByLabel("File contains").fill("x")
    await page.keyboard.press("Enter")
    await page.waitForURL(`${origin}/days/2026-08-14?file=x&lang=ko`)
  })

  it("goes on after the last row that it shows, and back to the first, with the same choice", async () => {
    const { page } = await open(pageOf(aDay))
    expect(await page.locator(".found").innerText()).toContain(
      "9,876 of 9,876 encodings; 100 of them on this page",
    )
    const pages = page.getByRole("navigation", { name: "Pages", exact: true }).locator("a")
    expect(await pages.evaluateAll(hrefs)).toEqual([dayAddress("2026-08-14", {}, aDay.next)])
    const last = laterPage.rows[19]!
    const { page: later } = await open(pageOf({ ...laterPage, next: last }))
    expect(
      await later.getByRole("navigation", { name: "Pages", exact: true }).locator("a").evaluateAll(hrefs),
    ).toEqual([dayAddress("2026-08-14", laterPage.filter), dayAddress("2026-08-14", laterPage.filter, last)])
  })

  it("sorts its rows only where all of them are there", async () => {
    const { page } = await open(pageOf(aDay))
    expect(await page.locator("#rows th button").count()).toBe(0)
    const { page: whole } = await open(pageOf({ ...laterPage, after: null, total: 20 }))
    const last = tableOf(whole, "#rows").getByRole("button", { name: "Last work" })
    await last.press("Enter")
    await last.press("Enter")
    expect((await linesOf(whole, "#rows"))[0]![6]).toBe("2026-08-14 02:00")
  })

  it("chooses what its address asks for, though no row of the day has it", async () => {
    const { page } = await open(pageOf(nothingMatches))
    expect(await page.locator("form").evaluate((form) => [...new FormData(form as HTMLFormElement)])).toEqual(
      [
        ["status", ""],
        ["category", "77"],
        ["file", "<b>nothing</b> & more"],
      ],
    )
  })

  it.each([
    [
      unknownDay,
      "The archive knows nothing of this day. vodstation-etl backfill --from 2031-01-01 --to 2031-01-02",
    ],
    [dayWithoutRows, "There are no encodings on this day."],
    [
      failedDay,
      "The last attempt to read this day failed: GatewayBroken: HTTP 503 from /api/v2/status, <b>three",
    ],
    [nothingMatches, "No encoding of this day matches."],
    [{ ...laterPage, rows: [] }, "There are no more encodings after these."],
    [oneRow, "Every row was understood."],
  ] as const)("says so where there is nothing, %#", async (day, text) => {
    const { page } = await open(pageOf(day))
    expect(await page.locator("main").innerText()).toContain(text)
  })

  it("writes whatever an archive holds as text", async () => {
    const { page, said } = await open(pageOf(strangeDay))
    const shown = await page.locator("body").innerText()
    for (const text of strangeTexts.slice(0, 3)) expect(shown).toContain(text)
    expect(await page.locator("img, b:not(dd b), body script:not(:has-text(''))").count()).toBe(0)
    expect(await page.title()).toBe("Work day 2026-08-14 · Encoding report")
    expect(said).toEqual([])
  })

  it("shows what could not be understood, as it came", async () => {
    const { page } = await open(pageOf(aDay))
    expect(await linesOf(page, "#rejects")).toEqual(
      aDay.rejects.map(({ reason, count, payload }) => [reason, String(count), payload]),
    )
  })
})

const hrefs = (links: ReadonlyArray<Element>) => links.map((link) => link.getAttribute("href"))
