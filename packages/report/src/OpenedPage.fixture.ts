/**
 * For tests: a page opened from disk or from a server in Chromium, by itself, with what it said and asked for. Debian's
 * Chromium, or the one that CHROMIUM names; there is none to download.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Browser, BrowserContextOptions, Page } from "playwright-core"
import { chromium } from "playwright-core"

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium"

/** Why no browser can be opened; undefined where one can. */
export const noBrowser = existsSync(executablePath) ? undefined : `there is no Chromium at ${executablePath}`

export interface OpenedPage {
  readonly page: Page
  /** All that the page wrote to its console, and errors that nothing caught. */
  readonly said: ReadonlyArray<string>
  /** Addresses that it asked for, its own left out. */
  readonly asked: ReadonlyArray<string>
  /** Nobody looks at it any more: another one may be opened in its place. */
  readonly leave: () => Promise<void>
}

/** How it is looked at. */
export type Look = Pick<BrowserContextOptions, "viewport" | "colorScheme" | "javaScriptEnabled">

export interface PageBrowser {
  readonly open: (html: string, look?: Look) => Promise<OpenedPage>
  readonly visit: (address: string, look?: Look) => Promise<OpenedPage>
  readonly close: () => Promise<void>
}

export const openBrowser = async (): Promise<PageBrowser> => {
  const folder = mkdtempSync(join(tmpdir(), "vodstation-report-"))
  const browser: Browser = await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking",
      "--disable-component-update --disable-sync",
    ].flatMap((flags) => flags.split(" ")),
  })
  let opened = 0
  // A page in a process of its own takes three times as long as one in the place of another.
  const left: Array<Page> = []
  const freshPage = async (javaScriptEnabled: boolean) =>
    (await browser.newContext({ javaScriptEnabled })).newPage()
  const visit: PageBrowser["visit"] = async (address, look = {}) => {
    const { viewport = { width: 1280, height: 900 }, colorScheme = "light", javaScriptEnabled = true } = look
    const page = (javaScriptEnabled ? left.pop() : undefined) ?? (await freshPage(javaScriptEnabled))
    await page.setViewportSize(viewport!)
    await page.emulateMedia({ media: null, colorScheme })
    const said: Array<string> = []
    const asked: Array<string> = []
    page.on("console", (message) => said.push(message.text()))
    page.on("pageerror", (error) => said.push(String(error)))
    page.on("request", (request) => {
      if (request.url() !== address) asked.push(request.url())
    })
    await page.goto(address)
    let isLeft = false
    const leave = async () => {
      if (isLeft) return
      isLeft = true
      for (const event of ["console", "pageerror", "request"]) page.removeAllListeners(event)
      if (!javaScriptEnabled) return page.context().close()
      await page.goto("about:blank")
      left.push(page)
    }
    return { page, said, asked, leave }
  }
  return {
    open: (html, look) => {
      const file = join(folder, `${(opened += 1)}.html`)
      writeFileSync(file, html)
      return visit(pathToFileURL(file).href, look)
    },
    visit,
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
