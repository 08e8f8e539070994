/** For tests: pages as their reader finds them, in a Chromium that lasts for all tests of a file. */
import { afterAll, beforeAll, describe, onTestFinished } from "vitest"
import type { Look, OpenedPage, PageBrowser } from "./OpenedPage.fixture.ts"
import { noBrowser, openBrowser } from "./OpenedPage.fixture.ts"
import type { PageData } from "./PageData.ts"
import type { PageServer } from "./PageServer.fixture.ts"
import { servePages } from "./PageServer.fixture.ts"
import type { PageParts } from "./PageParts.ts"
import { readPageParts } from "./PageParts.ts"
import { renderPage } from "./renderPage.ts"
import type { ReportData } from "./ReportData.ts"
import type { Language } from "./texts/ReportTexts.ts"

export interface Pages {
  readonly html: (data: PageData, language: Language) => string
  /** Opens it, until the test has ended or leaves it. */
  readonly open: (data: PageData, language?: Language, look?: Look) => Promise<OpenedPage>
  /** Visits a path of a server that has a page for every address, until the test has ended. */
  readonly serve: (
    path: string,
    dataAt: (address: URL) => PageData,
  ) => Promise<OpenedPage & Pick<PageServer, "origin" | "answered">>
}

/** A report as it lies on a disk. */
export const written = (report: ReportData): PageData => ({ kind: "report", served: false, report })

/** Tests that are skipped, with the reason in their name, where there is no browser. */
export const inBrowser = (what: string, tests: (pages: Pages) => void): void => {
  describe.skipIf(noBrowser !== undefined)(
    `${what} in a browser${noBrowser === undefined ? "" : ` (${noBrowser})`}`,
    () => {
      let parts: PageParts
      let browser: PageBrowser
      beforeAll(async () => {
        parts = await readPageParts()
        browser = await openBrowser()
      })
      afterAll(() => browser.close())
      const html: Pages["html"] = (data, language) => renderPage(data, language, parts)
      tests({
        html,
        open: async (data, language = "en", look = {}) => {
          const opened = await browser.open(html(data, language), look)
          onTestFinished(opened.leave)
          return opened
        },
        serve: async (path, dataAt) => {
          const server = await servePages((address) => html(dataAt(address), "en"))
          onTestFinished(server.close)
          const { origin, answered } = server
          const opened = await browser.visit(`${origin}${path}`)
          onTestFinished(opened.leave)
          return { ...opened, origin, answered }
        },
      })
    },
  )
}
