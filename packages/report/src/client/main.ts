/** The page's script: makes the page from the data that lies in it. */
import type { PageData } from "../PageData.ts"
import type { Language } from "../texts/ReportTexts.ts"
import { textsOf } from "../texts/textsOf.ts"
import { coverageSection } from "./coverageSection.ts"
import { element } from "./element.ts"
import { failuresSection } from "./failuresSection.ts"
import { formatsSection } from "./formatsSection.ts"
import { healthSection } from "./healthSection.ts"
import { keyFigures } from "./keyFigures.ts"
import { outcomeSection } from "./outcomeSection.ts"
import type { Report } from "./Report.ts"
import { storageSection } from "./storageSection.ts"
import { troublesSection } from "./troublesSection.ts"
import { wordingIn } from "./Wording.ts"

const page: PageData = JSON.parse(document.querySelector("#page-data")!.textContent)
if (page.kind !== "report") throw new Error("not yet")
const data = page.report
const language: Language = document.documentElement.lang === "ko" ? "ko" : "en"
const report: Report = {
  data,
  texts: textsOf(language),
  wording: wordingIn(language, data.timeZone),
}

const sections = [
  outcomeSection,
  coverageSection,
  formatsSection,
  failuresSection,
  troublesSection,
  storageSection,
  healthSection,
]

const { texts, wording } = report
const [first, last] = [data.days[0]?.day, data.days.at(-1)?.day]
const header = element(
  "header",
  {},
  element("h1", {}, texts.title),
  element(
    "p",
    { class: "subtitle" },
    first === undefined
      ? data.archive
      : texts.subtitle(first === last ? first : `${first} – ${last}`, data.archive),
  ),
)
const main = element("main", {})
document.body.replaceChildren(
  header,
  main,
  element("footer", {}, texts.footer(data.program, wording.instant(data.madeAt), data.timeZone)),
)

if (first === undefined) main.append(element("p", { class: "empty" }, texts.empty))
else {
  const made = sections.map((make) => make(report))
  main.append(keyFigures(report))
  header.append(
    element(
      "nav",
      { "aria-label": texts.contents },
      ...made.map((section) =>
        element("a", { href: `#${section.id}` }, section.querySelector("h2")!.textContent),
      ),
    ),
  )
  main.append(...made)
}
