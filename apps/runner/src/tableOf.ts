/** Results as a table for a terminal; numbers stand to the right. */
import Table from "cli-table3"

export const tableOf = (
  head: ReadonlyArray<string>,
  rows: ReadonlyArray<ReadonlyArray<string | number | bigint | null>>,
): string => {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [], compact: true },
    colAligns: head.map((_, column) => (rows.every((row) => isNumeric(row[column])) ? "right" : "left")),
  })
  table.push(...rows.map((row) => row.map(cellText)))
  return table.toString()
}

const isNumeric = (value: unknown): boolean =>
  value === null || typeof value === "number" || typeof value === "bigint"

const cellText = (value: string | number | bigint | null): string =>
  value === null ? "" : typeof value === "string" ? value : value.toLocaleString("en-US")
