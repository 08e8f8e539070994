/** For tests: unfolds every table of a page, so that all of it is there. */
import type { Page } from "playwright-core"

export const openAllTables = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true
  })
