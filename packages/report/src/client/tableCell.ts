/** A cell of a table, and what it looks like by what stands in it. */
import type { Column } from "./Column.ts"
import { element } from "./element.ts"
import { ledTo } from "./ledTo.ts"
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
    ...(address === undefined
      ? partsOf(text)
      : // Nothing can be clicked only where there is something.
        [element("a", { href: ledTo(address) }, text === "" || text === "–" ? texts.day.noPath : text)]),
    mark === undefined ? null : element("span", { class: "unseen" }, ` (${mark})`),
  )
}

/** Of an instant, the day and the time, between which alone it may be broken. */
const partsOf = (text: string): ReadonlyArray<Node | string> => {
  const [day, time] = isDate.test(text) ? text.split(" ") : []
  return day === undefined || time === undefined
    ? [text]
    : [element("span", {}, day), " ", element("span", {}, time)]
}

/** What must stay in one line, and what may be broken anywhere on paper. */
const lookOf = (text: string): string | undefined =>
  isDate.test(text) ? "date" : text.length > 16 ? "long" : undefined

/** A month, a day or an instant. */
const isDate = /^\d{4}-\d\d(-\d\d( \d\d:\d\d(:\d\d)?)?)?$/
