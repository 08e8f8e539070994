/**
 * What a CSV file of the archive holds: its columns, and how a row becomes cells and back. NULL is `null` here and an empty
 * cell in the file; the empty string is `""` in both.
 */

/** The text of a cell; `null` is NULL. */
export type Cell = string | null

export interface CsvTable<A> {
  /** The header row. */
  readonly columns: ReadonlyArray<string>
  /** Which columns hold text, by index: the only ones in which a spreadsheet could find a formula, or a date that is none. */
  readonly textColumns: ReadonlyArray<number>
  /** In the order of `columns`. */
  readonly toCells: (row: A) => Array<Cell>
  /** Throws an `Error` that says what cannot be read. */
  readonly fromCells: (cells: ReadonlyArray<Cell>) => A
}
