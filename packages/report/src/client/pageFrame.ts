/** What every page has around its own: a heading, and a foot that tells from where it is. */
import type { PageOrigin } from "../PageOrigin.ts"
import { element } from "./element.ts"
import type { PageWords } from "./PageWords.ts"

export interface PageFrame {
  readonly header: HTMLElement
  readonly main: HTMLElement
}

/** Puts an empty page in place of whatever is there. */
export const pageFrame = (
  { texts, wording }: PageWords,
  { program, madeAt, timeZone }: PageOrigin,
  heading: string,
  subtitle: string,
): PageFrame => {
  if (heading !== texts.title) document.title = `${heading} · ${texts.title}`
  const header = element(
    "header",
    {},
    element("h1", {}, heading),
    element("p", { class: "subtitle" }, subtitle),
  )
  const main = element("main", {})
  document.body.replaceChildren(
    header,
    main,
    element("footer", {}, texts.footer(program, wording.instant(madeAt), timeZone)),
  )
  return { header, main }
}
