/** One column of a table: what stands in it on a page, and in a file. */
import type { Cell } from "./sortRows.ts"

export interface Column<Row> {
  readonly head: string
  /** What it is sorted by. */
  readonly value: (row: Row) => Cell
  /** What is shown; else a number is counted, and nothing is a dash. */
  readonly text?: (row: Row) => string
  readonly numeric?: boolean
  /** How it stands in a file, where that is not its value: a text that a spreadsheet can be trusted with. */
  readonly inFile?: { readonly head: string; readonly text?: (row: Row) => string }
  /** The page that a cell leads to. */
  readonly address?: ((row: Row) => string | undefined) | undefined
  /** A class of the style for a cell. */
  readonly look?: (row: Row) => string | undefined
  /** What is said of a cell that stands out. */
  readonly mark?: (row: Row) => string | undefined
}
