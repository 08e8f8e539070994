/** A table with a file for each day, whose first column is that day. */
import type { CsvTable } from "./CsvTable.ts"

/** Reading throws where a row is of another day than its file: one that was copied under another name, or a date in another form. */
export const tableOfDay = <A>(workDate: string, table: CsvTable<A>): CsvTable<A> => ({
  ...table,
  fromCells: (cells) => {
    if (cells[0] !== workDate) throw new Error(`work_date is ${JSON.stringify(cells[0])}, not ${workDate}`)
    return table.fromCells(cells)
  },
})
