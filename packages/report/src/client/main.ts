/** The script of every page: makes it from the data that lies in it. */
import type { PageData } from "../PageData.ts"
import type { Language } from "../texts/ReportTexts.ts"
import { textsOf } from "../texts/textsOf.ts"
import { dayPage } from "./dayPage.ts"
import { encodingPage } from "./encodingPage.ts"
import type { PageWords } from "./PageWords.ts"
import { reportPage } from "./reportPage.ts"
import { wordingIn } from "./Wording.ts"

const page: PageData = JSON.parse(document.querySelector("#page-data")!.textContent)
const language: Language = document.documentElement.lang === "ko" ? "ko" : "en"
const wordsFor = (timeZone: string): PageWords => ({
  texts: textsOf(language),
  wording: wordingIn(language, timeZone),
})

switch (page.kind) {
  case "report":
    reportPage(wordsFor(page.report.timeZone), page)
    break
  case "day":
    dayPage(wordsFor(page.day.timeZone), page.day)
    break
  case "encoding":
    encodingPage(wordsFor(page.encoding.timeZone), page.encoding)
    break
}
