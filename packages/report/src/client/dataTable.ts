/** A table that sorts by its heads and filters by words, with the keyboard as well. */
import type { Part } from "../ReportData.ts"
import { element, freshId } from "./element.ts"
import type { Report } from "./Report.ts"
import type { Cell, Direction } from "./sortRows.ts"
import { matches, sortRows } from "./sortRows.ts"

export interface Column<Row> {
  readonly head: string
  /** What it is sorted by. */
  readonly value: (row: Row) => Cell
  /** What is shown; else a number is counted, and nothing is a dash. */
  readonly text?: (row: Row) => string
  readonly numeric?: boolean
}

export interface TableOptions<Row> {
  readonly caption: string
  readonly columns: ReadonlyArray<Column<Row>>
  readonly rows: Part<Row>
  /** A choice above the table, of the values that it has. */
  readonly choice?: { readonly label: string; readonly all: string; readonly of: (row: Row) => string }
}

/** So many rows are made at first, and more when asked: a table of ten years of days would keep a browser busy. */
const rowsAtFirst = 12
const rowsAtOnce = 200

/** What must stay in one line, and what may be broken anywhere on paper. */
const lookOf = (text: string): string | undefined =>
  isDate.test(text) ? "date" : text.length > 16 ? "long" : undefined

/** A month, a day or an instant. */
const isDate = /^\d{4}-\d\d(-\d\d( \d\d:\d\d)?)?$/

export const dataTable = <Row>({ texts, wording }: Report, options: TableOptions<Row>): HTMLElement => {
  const { columns, rows, choice } = options
  const textOf = (column: Column<Row>, row: Row): string => {
    if (column.text !== undefined) return column.text(row)
    const value = column.value(row)
    if (value === null) return "–"
    return typeof value === "number" ? wording.count(value) : value
  }
  let sorted: { readonly column: Column<Row>; readonly direction: Direction } | undefined
  let shown = rowsAtFirst

  const body = element("tbody")
  const said = element("span", { role: "status" })
  const more = element("button", { type: "button", class: "more" })
  const filterId = freshId()
  const filter = element("input", { id: filterId, type: "search", autocomplete: "off", spellcheck: "false" })
  const choiceId = freshId()
  const chosen = element("select", { id: choiceId }, element("option", { value: "" }, choice?.all ?? ""))
  if (choice !== undefined)
    for (const value of new Set(rows.rows.map((row) => choice.of(row))))
      chosen.append(element("option", { value }, value))

  const heads = columns.map((column) => {
    const button = element("button", { type: "button" }, column.head)
    const head = element(
      "th",
      { scope: "col", class: column.numeric === true ? "number" : undefined },
      button,
    )
    button.addEventListener("click", () => {
      // Of numbers, the largest are looked for first.
      const first = column.numeric === true ? "descending" : "ascending"
      const other = first === "ascending" ? "descending" : "ascending"
      const direction = sorted?.column === column && sorted.direction === first ? other : first
      sorted = { column, direction }
      for (const each of heads) each.removeAttribute("aria-sort")
      head.setAttribute("aria-sort", direction)
      fill()
    })
    return head
  })

  const fill = () => {
    const found = rows.rows.filter(
      (row) =>
        (chosen.selectedIndex <= 0 || choice?.of(row) === chosen.value) &&
        matches(
          columns.map((column) => textOf(column, row)),
          filter.value.trim(),
        ),
    )
    const inOrder =
      sorted === undefined ? found : sortRows(found, sorted.column.value, sorted.direction, wording.language)
    const lines = inOrder.slice(0, shown).map((row) =>
      element(
        "tr",
        {},
        ...columns.map((column) => {
          const text = textOf(column, row)
          const look = column.numeric === true ? "number" : lookOf(text)
          return element("td", { class: look }, text)
        }),
      ),
    )
    body.replaceChildren(
      ...(lines.length > 0
        ? lines
        : [element("tr", {}, element("td", { colspan: columns.length }, texts.table.noMatch))]),
    )
    said.textContent = texts.table.shown(wording.count(found.length), wording.count(rows.rows.length))
    const rest = Math.min(rowsAtOnce, found.length - lines.length)
    more.hidden = rest <= 0
    more.textContent = texts.table.more(wording.count(rest))
  }
  filter.addEventListener("input", () => {
    shown = rowsAtFirst
    fill()
  })
  chosen.addEventListener("change", () => {
    shown = rowsAtFirst
    fill()
  })
  more.addEventListener("click", () => {
    shown += rowsAtOnce
    fill()
  })
  fill()

  const table = element(
    "table",
    {},
    element("caption", {}, options.caption),
    element("thead", {}, element("tr", {}, ...heads)),
    body,
  )
  const controls = element(
    "div",
    { class: "controls" },
    ...(choice === undefined ? [] : [element("label", { for: choiceId }, choice.label), chosen]),
    element("label", { for: filterId }, texts.table.filter),
    filter,
    said,
  )
  return element(
    "div",
    { class: "data-table" },
    // A handful of rows is seen at a glance.
    rows.rows.length > 5 ? controls : null,
    // It scrolls sideways on a phone, which a keyboard can do only where it gets the focus.
    element(
      "div",
      {
        class: "scroll",
        tabindex: 0,
        role: "region",
        "aria-label": `${texts.table.behind}: ${options.caption}`,
      },
      table,
    ),
    more,
    rows.total > rows.rows.length
      ? element(
          "p",
          { class: "note" },
          texts.table.partOf(wording.count(rows.rows.length), wording.count(rows.total)),
        )
      : null,
  )
}

/** All rows that there are. */
export const whole = <Row>(rows: ReadonlyArray<Row>): Part<Row> => ({ rows, total: rows.length })

/** A table that stays folded, and is not made, until it is asked for. */
export const foldedTable = <Row>(report: Report, options: TableOptions<Row>): HTMLDetailsElement => {
  const details = element(
    "details",
    {},
    element("summary", {}, `${report.texts.table.behind}: ${options.caption}`),
  )
  details.addEventListener("toggle", () => details.append(dataTable(report, options)), { once: true })
  return details
}
