/** What a page may do: run its one script and show its one style, and ask for nothing. */
import { createHash } from "node:crypto"
import type { PageData } from "./PageData.ts"
import type { PageParts } from "./PageParts.ts"

/** A Content-Security-Policy, for the page's own `meta` and for the header of who serves it. */
export const pagePolicy = (kind: PageData["kind"], { script, style }: PageParts): string =>
  [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(style)}'`,
    "base-uri 'none'",
    // A day's rows are chosen by a form, which leads to the same server.
    `form-action ${kind === "day" ? "'self'" : "'none'"}`,
  ].join("; ")

const digest = (text: string): string => `sha256-${createHash("sha256").update(text).digest("base64")}`
