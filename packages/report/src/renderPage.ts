/** A whole page as one text that needs nothing else: it asks for nothing, and its policy lets it ask for nothing. */
import type { PageData } from "./PageData.ts"
import type { PageParts } from "./PageParts.ts"
import { pagePolicy } from "./pagePolicy.ts"
import type { Language } from "./texts/ReportTexts.ts"
import { textsOf } from "./texts/textsOf.ts"

export const renderPage = (data: PageData, language: Language, parts: PageParts): string => {
  const texts = textsOf(language)
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${pagePolicy(data.kind, parts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${texts.title}</title>
<style>${parts.style}</style>
</head>
<body>
<noscript>${texts.needsScript}</noscript>
<script type="application/json" id="page-data">${inHtml(data)}</script>
<script>${parts.script}</script>
</body>
</html>
`
}

/** No text of an archive can end the element that holds it, or begin another. */
const inHtml = (data: PageData): string => JSON.stringify(data).replaceAll("<", "\\u003c")
