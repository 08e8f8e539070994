/** A cell of a table, and what it looks like by what stands in it. */
import type { Column } from "./Column.ts"
import { element } from "./element.ts"
import type { PageWords } from "./PageWords.ts"

export const tableCell = <Row>(
  { texts }: PageWords,
  column: Column<Row>,
  row: Row,
  text: string,
): HTMLElement => {
  const address = column.address?.(row)
  const mark = column.mark?.(row)
  const classes = [
    column.numeric === true ? "number" : lookOf(text),
    column.look?.(row),
    mark === undefined ? undefined : "marked",
  ].filter((name) => name !== undefined)
  return element(
    "td",
    { class: classes.length === 0 ? undefined : classes.join(" ") },
    address === undefined
      ? text
      : // Nothing can be clicked only where there is something.
        element("a", { href: address }, text === "" || text === "–" ? texts.day.noPath : text),
    mark === undefined ? null : element("span", { class: "unseen" }, ` (${mark})`),
  )
}

/** What must stay in one line, and what may be broken anywhere on paper. */
const lookOf = (text: string): string | undefined =>
  isDate.test(text) ? "date" : text.length > 16 ? "long" : undefined

/** A month, a day or an instant. */
const isDate = /^\d{4}-\d\d(-\d\d( \d\d:\d\d(:\d\d)?)?)?$/
