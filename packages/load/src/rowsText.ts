/** Rows of cells as the text of a file, CSV or NDJSON. */
import { csvHeader, csvRecords } from "./csv/csvText.ts"
import type { Cell } from "./csv/CsvTable.ts"
import type { TextFormat } from "./TableExport.ts"

export interface TypedColumn {
  readonly name: string
  /** As DuckDB calls it. */
  readonly type: string
}

/** What a file begins with. */
export const headerText = (columns: ReadonlyArray<TypedColumn>, format: TextFormat): string =>
  format.format === "csv"
    ? csvHeader(
        columns.map(({ name }) => name),
        format,
      )
    : ""

/** The rows, whose cells are changed in place. */
export const rowsText = (
  columns: ReadonlyArray<TypedColumn>,
  format: TextFormat,
  rows: ReadonlyArray<Array<Cell>>,
): string => {
  if (format.format === "csv") return csvRecords(textColumns(columns), format, rows)
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`)
  const bare = columns.map(({ type }) => isBare(type))
  let text = ""
  for (const cells of rows) {
    let line = "{"
    for (const [at, cell] of cells.entries())
      line += `${at > 0 ? "," : ""}${keys[at]}${cell === null ? "null" : bare[at] && !noNumber.has(cell) ? cell : JSON.stringify(cell)}`
    text += `${line}}\n`
  }
  return text
}

/** Their text is JSON as it stands. */
const isBare = (type: string): boolean =>
  /^(.*INT|INTEGER|BIGNUM|DECIMAL.*|DOUBLE|FLOAT|BOOLEAN)$|\]$/.test(type)
const noNumber = new Set(["NaN", "Infinity", "-Infinity"])

/** In which a spreadsheet could find a formula. */
const textColumns = (columns: ReadonlyArray<TypedColumn>): ReadonlyArray<number> =>
  columns.flatMap(({ type }, at) => (harmless.test(type) ? [] : [at]))

const harmless = /^(.*INT|INTEGER|BIGNUM|DECIMAL.*|DOUBLE|FLOAT|BOOLEAN|DATE|TIME.*|UUID|INTERVAL)$/
