/** A whole page as one text that needs nothing else: it asks for nothing, and its policy lets it ask for nothing. */
import { createHash } from "node:crypto"
import type { PageData } from "./PageData.ts"
import type { PageParts } from "./PageParts.ts"
import type { Language } from "./texts/ReportTexts.ts"
import { textsOf } from "./texts/textsOf.ts"

export const renderPage = (data: PageData, language: Language, { script, style }: PageParts): string => {
  const texts = textsOf(language)
  const policy = [
    "default-src 'none'",
    `script-src '${digest(script)}'`,
    `style-src '${digest(style)}'`,
    "base-uri 'none'",
    // A day's rows are chosen by a form, which leads to the same server.
    `form-action ${data.kind === "day" ? "'self'" : "'none'"}`,
  ].join("; ")
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${texts.title}</title>
<style>${style}</style>
</head>
<body>
<noscript>${texts.needsScript}</noscript>
<script type="application/json" id="page-data">${inHtml(data)}</script>
<script>${script}</script>
</body>
</html>
`
}

const digest = (text: string): string => `sha256-${createHash("sha256").update(text).digest("base64")}`

/** No text of an archive can end the element that holds it, or begin another. */
const inHtml = (data: PageData): string => JSON.stringify(data).replaceAll("<", "\\u003c")
