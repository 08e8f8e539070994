/** For tests: what a table of a page shows. */
import type { Locator, Page } from "playwright-core"

/** The only table in a part of the page. */
export const tableOf = (page: Page, part: string): Locator => page.locator(`${part} .data-table`)

/** The texts of its rows, cell by cell. */
export const linesOf = (page: Page, part: string): Promise<ReadonlyArray<ReadonlyArray<string>>> =>
  tableOf(page, part)
    .locator("tbody tr")
    .evaluateAll((lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent)))
