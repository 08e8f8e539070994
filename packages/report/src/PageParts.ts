/** What is the same in every page: its script and its style. */
import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { join } from "node:path"

export interface PageParts {
  readonly script: string
  readonly style: string
}

/** In a bundle of the program it lies there ready; from sources it is bundled in half a second, so that it is never an old one. */
export const pageScriptFile = "reportPage.js"
export const pageStyleFile = "page.css"

export const readPageParts = async (): Promise<PageParts> => {
  const style = await readFile(join(import.meta.dirname, pageStyleFile), "utf8")
  const ready = join(import.meta.dirname, pageScriptFile)
  if (existsSync(ready)) return { script: await readFile(ready, "utf8"), style }
  const { bundlePageScript } = await import("./bundlePageScript.ts")
  return { script: (await bundlePageScript()).script, style }
}
