/** The file `rejected/DAY.csv`: the rows that could not be understood, verbatim, by fingerprint. */
import type { StoredReject } from "@vodstation-etl/core/mergeRejects"
import type { CsvTable } from "./CsvTable.ts"
import { tableOfDay } from "./tableOfDay.ts"
import { readCount, readText, readTime, timeText } from "./cellValues.ts"

export const rejectedTable = (workDate: string): CsvTable<StoredReject> =>
  tableOfDay(workDate, {
    columns: ["work_date", "fingerprint", "reason", "payload", "count", "first_seen_at", "run_id"],
    textColumns: [1, 2, 3],
    toCells: (row) => [
      workDate,
      row.fingerprint,
      row.reason,
      row.payload,
      String(row.count),
      timeText(row.firstSeenAt),
      row.runId,
    ],
    fromCells: (cells) => ({
      fingerprint: readText(cells[1]!),
      reason: readText(cells[2]!),
      payload: readText(cells[3]!),
      count: readCount(cells[4]!),
      firstSeenAt: readTime(cells[5]!),
      runId: readText(cells[6]!),
    }),
  })
