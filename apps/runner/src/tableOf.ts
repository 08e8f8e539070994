/** Results as a table for a terminal; numbers stand to the right. */
import Table from "cli-table3"
import wrapAnsi from "wrap-ansi"
import { grouped } from "./countInWords.ts"

type TableCell = string | number | bigint | null

/** Narrower, a column of texts can hardly be read. */
const narrowest = 10

/** @param columns that it may take: texts are wrapped in their cells until it does, as far as that goes */
export const tableOf = (
  head: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<TableCell>>,
  columns = Number.POSITIVE_INFINITY,
): string => {
  const isNumbers = head.map((_, column) => rows.every((row) => isNumeric(row[column])))
  const texts = rows.map((row) => row.map(cellText))
  const table = drawn(head, isNumbers, texts)
  const border = table.slice(0, table.indexOf("\n"))
  if (border.length <= columns) return table
  // Of each column without the blanks around it; the border has no wide letters.
  const widths = border.split("┬").map((part) => part.replaceAll(/[┌┐]/g, "").length - 2)
  for (let over = border.length - columns; over > 0; over--) {
    const room = widths.map((width, at) => (isNumbers[at] || width <= narrowest ? 0 : width))
    const widest = room.indexOf(Math.max(...room))
    if (room[widest] === 0) break
    widths[widest]!--
  }
  const wrapped = texts.map((row) => row.map((text, at) => wrapAnsi(text, widths[at]!, { hard: true })))
  return drawn(head, isNumbers, wrapped)
}

const drawn = (
  head: ReadonlyArray<string>,
  isNumbers: ReadonlyArray<boolean>,
  texts: ReadonlyArray<ReadonlyArray<string>>,
): string => {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: isNumbers.map((is) => (is ? "right" : "left")),
  })
  table.push(...texts.map((row) => [...row]))
  return table.toString()
}

const isNumeric = (value: TableCell | undefined): boolean =>
  value === null || typeof value === "number" || typeof value === "bigint"

const cellText = (value: TableCell): string =>
  value === null ? "" : typeof value === "string" ? value : grouped(value)
