/** The file `encoding_provenance/DAY.csv`: for each row of `encoding/DAY.csv`, by the same key, when and by which run it came. */
import type { StoredEncoding } from "@vodstation-etl/core/Encoding"
import type { CsvTable } from "./CsvTable.ts"
import { tableOfDay } from "./tableOfDay.ts"
import { readBigint, readCount, readText, readTime, repeatedTimeText } from "./cellValues.ts"

export type ProvenanceRow = Pick<
  StoredEncoding,
  "categoryId" | "filePath" | "outputType" | "occurrence" | "firstSeenAt" | "changedAt" | "runId" | "raw"
>

export const provenanceTable = (workDate: string): CsvTable<ProvenanceRow> =>
  tableOfDay(workDate, {
    columns: [
      "work_date",
      "category_id",
      "file_path",
      "output_type",
      "occurrence",
      "first_seen_at",
      "changed_at",
      "run_id",
      "raw",
    ],
    textColumns: [2, 3, 8],
    toCells: (row) => [
      workDate,
      String(row.categoryId),
      row.filePath,
      row.outputType,
      String(row.occurrence),
      repeatedTimeText(row.firstSeenAt),
      repeatedTimeText(row.changedAt),
      row.runId,
      row.raw,
    ],
    fromCells: (cells) => ({
      categoryId: readBigint(cells[1]!),
      filePath: readText(cells[2]!),
      outputType: readText(cells[3]!),
      occurrence: readCount(cells[4]!),
      firstSeenAt: readTime(cells[5]!),
      changedAt: readTime(cells[6]!),
      runId: readText(cells[7]!),
      raw: cells[8]!,
    }),
  })
