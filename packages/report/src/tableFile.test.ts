/** What a table shows, as a file for spreadsheets: made in the browser, also where the page lies on a disk. */
import { readFile } from "node:fs/promises"
import type { Page } from "playwright-core"
import { expect, it } from "vitest"
import { inBrowser, written } from "./inBrowser.fixture.ts"
import { openAllTables } from "./openAllTables.fixture.ts"
import { strangeDay } from "./dayShapes.fixture.ts"
import { aMonth } from "./reportShapes.fixture.ts"

const name = "Download this table as CSV"

const downloadFrom = async (page: Page, part: string) => {
  const coming = page.waitForEvent("download")
  await page.locator(part).getByRole("button", { name }).last().press("Enter")
  const download = await coming
  return { file: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") }
}

inBrowser("a table", ({ open }) => {
  it("is given as it is filtered and sorted, all of its rows", async () => {
    const { page, said } = await open(written(aMonth))
    const table = page.locator("#failures .data-table").last()
    await table.getByRole("searchbox").fill("AVC_FHD 뉴스")
    await table.getByRole("button", { name: "Failed", exact: true }).press("Enter")
    const found = aMonth.failedFiles.rows
      .filter(({ formats, categoryName }) => formats.includes("AVC_FHD") && categoryName === "뉴스")
      .toSorted((a, b) => b.failure - a.failure)
    const { file, text } = await downloadFrom(page, "#failures")
    expect(file).toBe("Files-that-failed-most.csv")
    expect(text).toBe(
      [
        "\uFEFFFile,Category,Failed,Complete,Failed as,Last day",
        ...found.map(
          (row) => `${row.file},뉴스,${row.failure},${row.complete},"${row.formats}",${row.lastDay}`,
        ),
        "",
      ]
        .join("\r\n")
        .replaceAll(/"(AVC\S+)"/g, "$1"),
    )
    expect(said).toEqual([])
  })

  it("gives sizes in bytes, shares without their sign, and instants under the name of their time zone", async () => {
    const { page } = await open(written(aMonth))
    await openAllTables(page)
    const day = aMonth.days[0]!
    await page.locator("#coverage").getByRole("searchbox").fill(day.day)
    const { text } = await downloadFrom(page, "#coverage")
    const [head, line, ...rest] = text.slice(1).trimEnd().split("\r\n")
    expect(rest).toEqual([])
    const cells = Object.fromEntries(
      head!.match(columns)!.map((cell, index) => [cell, line!.split(",")[index]]),
    )
    expect(cells).toMatchObject({
      Day: day.day,
      State: "closed",
      '"Size, bytes"': String(day.bytes),
      '"Failures, %"': String(Number(((100 * day.failure) / (day.complete + day.failure)).toPrecision(6))),
      "Read at (Asia/Seoul)": `${aMonth.days[2]!.day} 03:00:00`,
    })
  })

  it("gives texts that a spreadsheet would compute, or spoil, as texts", async () => {
    const { page } = await open({ kind: "day", day: strangeDay })
    const { text, file } = await downloadFrom(page, "#rows")
    expect(file).toBe("Encodings-2026-08-14.csv")
    expect(text).toContain(`,'@SUM(1),"'=HYPERLINK(""https://example.com"")",AVC_HD_1Pass_30fps,`)
    expect(text).toContain(",'9007199254740993,")
    expect(text).toContain(`<img src=""x"" onerror=""document.title='taken'"">`)
  })

  it("can be downloaded wherever it stands", async () => {
    const { page } = await open(written(aMonth))
    await openAllTables(page)
    const tables = page.locator(".data-table")
    await expect.poll(() => tables.count()).toBeGreaterThan(9)
    expect(await page.getByRole("button", { name }).count()).toBe(await tables.count())
  })
})

/** Heads, those with a comma in quotes. */
const columns = /"[^"]*"|[^,]+/g
