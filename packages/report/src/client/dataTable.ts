/** A table that sorts by its heads and filters by words, with the keyboard as well, and gives what it shows as a file. */
import type { Part } from "../ReportData.ts"
import type { Column } from "./Column.ts"
import { csvOf } from "./csvOf.ts"
import { downloadButton } from "./downloadButton.ts"
import { element, freshId } from "./element.ts"
import type { PageWords } from "./PageWords.ts"
import type { Direction } from "./sortRows.ts"
import { matches, sortRows } from "./sortRows.ts"
import { tableCell } from "./tableCell.ts"

export interface TableOptions<Row> {
  readonly caption: string
  readonly columns: ReadonlyArray<Column<Row>>
  readonly rows: Part<Row>
  /** A choice above the table, of the values that it has. */
  readonly choice?: { readonly label: string; readonly all: string; readonly of: (row: Row) => string }
  /** One page of rows whose order and choice are the server's: all are shown, and sorted only where no others are left out. */
  readonly page?: { readonly sorts: boolean }
}

/** So many rows are made at first, and more when asked: a table of ten years of days would keep a browser busy. */
const rowsAtFirst = 12
const rowsAtOnce = 200

export const dataTable = <Row>(words: PageWords, options: TableOptions<Row>): HTMLElement => {
  const { texts, wording } = words
  const { columns, rows, choice, page } = options
  const textOf = (column: Column<Row>, row: Row): string => {
    if (column.text !== undefined) return column.text(row)
    const value = column.value(row)
    if (value === null) return "–"
    return typeof value === "number" ? wording.count(value) : value
  }
  let sorted: { readonly column: Column<Row>; readonly direction: Direction } | undefined
  let shown = page === undefined ? rowsAtFirst : rows.rows.length

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
    const sorts = page?.sorts ?? true
    const button = sorts ? element("button", { type: "button" }, column.head) : column.head
    const head = element(
      "th",
      { scope: "col", class: column.numeric === true ? "number" : undefined },
      button,
    )
    if (button instanceof HTMLButtonElement)
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

  const found = (): ReadonlyArray<Row> => {
    const passing = rows.rows.filter(
      (row) =>
        (chosen.selectedIndex <= 0 || choice?.of(row) === chosen.value) &&
        matches(
          columns.map((column) => textOf(column, row)),
          filter.value.trim(),
        ),
    )
    return sorted === undefined
      ? passing
      : sortRows(passing, sorted.column.value, sorted.direction, wording.language)
  }
  const fill = () => {
    const inOrder = found()
    const lines = inOrder
      .slice(0, shown)
      .map((row) =>
        element("tr", {}, ...columns.map((column) => tableCell(words, column, row, textOf(column, row)))),
      )
    body.replaceChildren(
      ...(lines.length > 0
        ? lines
        : [element("tr", {}, element("td", { colspan: columns.length }, texts.table.noMatch))]),
    )
    said.textContent = texts.table.shown(wording.count(inOrder.length), wording.count(rows.rows.length))
    const rest = Math.min(rowsAtOnce, inOrder.length - lines.length)
    more.hidden = rest <= 0
    more.textContent = texts.table.more(wording.count(rest))
  }
  const fillAnew = () => {
    shown = rowsAtFirst
    fill()
  }
  filter.addEventListener("input", fillAnew)
  chosen.addEventListener("change", fillAnew)
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
  // A handful of rows is seen at a glance.
  const filters = page === undefined && rows.rows.length > 5
  const controls = element(
    "div",
    { class: "controls" },
    ...(filters && choice !== undefined ? [element("label", { for: choiceId }, choice.label), chosen] : []),
    ...(filters ? [element("label", { for: filterId }, texts.table.filter), filter, said] : []),
    downloadButton(texts.table.download, options.caption, () => csvOf(columns, found())),
  )
  return element(
    "div",
    { class: "data-table" },
    controls,
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
    page === undefined && rows.total > rows.rows.length
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
export const foldedTable = <Row>(words: PageWords, options: TableOptions<Row>): HTMLDetailsElement => {
  const details = element(
    "details",
    {},
    element("summary", {}, `${words.texts.table.behind}: ${options.caption}`),
  )
  details.addEventListener("toggle", () => details.append(dataTable(words, options)), { once: true })
  return details
}
