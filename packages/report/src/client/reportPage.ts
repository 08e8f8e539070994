/** The report: its key figures, and a section for each question that it answers. */
import type { ReportPageData } from "../PageData.ts"
import { coverageSection } from "./coverageSection.ts"
import { element } from "./element.ts"
import { failuresSection } from "./failuresSection.ts"
import { formatsSection } from "./formatsSection.ts"
import { healthSection } from "./healthSection.ts"
import { keyFigures } from "./keyFigures.ts"
import { outcomeSection } from "./outcomeSection.ts"
import { pageFrame } from "./pageFrame.ts"
import type { PageWords } from "./PageWords.ts"
import type { Report } from "./Report.ts"
import { storageSection } from "./storageSection.ts"
import { troublesSection } from "./troublesSection.ts"

const sections = [
  outcomeSection,
  coverageSection,
  formatsSection,
  failuresSection,
  troublesSection,
  storageSection,
  healthSection,
]

export const reportPage = (words: PageWords, { report: data, served }: ReportPageData): void => {
  const { texts } = words
  const report: Report = { ...words, data, served }
  const [first, last] = [data.days[0]?.day, data.days.at(-1)?.day]
  const { header, main } = pageFrame(
    words,
    data,
    texts.title,
    first === undefined
      ? data.archive
      : texts.subtitle(first === last ? first : `${first} – ${last}`, data.archive),
  )
  if (first === undefined) {
    main.append(element("p", { class: "empty" }, texts.empty))
    return
  }
  const made = sections.map((make) => make(report))
  header.append(
    element(
      "nav",
      { "aria-label": texts.contents },
      ...made.map((section) =>
        element("a", { href: `#${section.id}` }, section.querySelector("h2")!.textContent),
      ),
    ),
  )
  main.append(keyFigures(report), ...made)
}
