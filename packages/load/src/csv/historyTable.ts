/** The file `encoding_history/DAY.csv`: the states that others took the place of, oldest first within a key. */
import type { SupersededEncoding } from "@vodstation-etl/core/Encoding"
import type { CsvTable } from "./CsvTable.ts"
import { readText, readTime, repeatedTimeText } from "./cellValues.ts"
import { encodingCells, encodingColumns, encodingTextColumns, readEncodingCells } from "./encodingTable.ts"
import { tableOfDay } from "./tableOfDay.ts"

export const historyTable = (workDate: string): CsvTable<SupersededEncoding> =>
  tableOfDay(workDate, {
    columns: [
      ...encodingColumns,
      "raw",
      "first_seen_at",
      "changed_at",
      "run_id",
      "superseded_at",
      "superseded_by_run",
    ],
    textColumns: [...encodingTextColumns, 15],
    toCells: (row) => [
      ...encodingCells(workDate, row),
      row.raw,
      repeatedTimeText(row.firstSeenAt),
      repeatedTimeText(row.changedAt),
      row.runId,
      repeatedTimeText(row.supersededAt),
      row.supersededByRun,
    ],
    fromCells: (cells) => ({
      ...readEncodingCells(cells),
      raw: cells[15]!,
      firstSeenAt: readTime(cells[16]!),
      changedAt: readTime(cells[17]!),
      runId: readText(cells[18]!),
      supersededAt: readTime(cells[19]!),
      supersededByRun: readText(cells[20]!),
    }),
  })
