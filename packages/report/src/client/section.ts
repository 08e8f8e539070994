/** A part of the page under a heading, with what it rests on. */
import { element } from "./element.ts"

export const section = (
  id: string,
  { heading, note }: { readonly heading: string; readonly note: string },
  ...content: ReadonlyArray<HTMLElement>
): HTMLElement =>
  element(
    "section",
    { id, "aria-labelledby": `${id}-heading` },
    element("h2", { id: `${id}-heading` }, heading),
    noteOf(note),
    ...content,
  )

/** What stands between backticks is meant to be typed. */
export const noteOf = (text: string): HTMLElement =>
  element(
    "p",
    { class: "note" },
    ...text.split("`").map((part, index) => (index % 2 === 1 ? element("code", {}, part) : part)),
  )

/** Where there is nothing to draw. */
export const nothing = (title: string, text: string): HTMLElement =>
  element("div", { class: "nothing" }, element("h3", {}, title), element("p", {}, text))
