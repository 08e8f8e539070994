/** The file `ledger.csv`: which day was read, when, how it was proven, what is still open. */
import * as Schema from "effect/Schema"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import type { CsvTable } from "./CsvTable.ts"
import { orNull, readCount, readDate, readText, readTime, timeText } from "./cellValues.ts"

const readState = Schema.decodeUnknownSync(Schema.Literals(["open", "closed", "failed"]))
const readProof = Schema.decodeUnknownSync(
  Schema.NullOr(Schema.Literals(["single-page", "pigeonhole", "count"])),
)

const countCell = (count: number | null) => (count === null ? null : String(count))

export const ledgerTable: CsvTable<LedgerDay> = {
  columns: [
    "work_date",
    "state",
    "proof",
    "api_total",
    "row_count",
    "open_rows",
    "rejected_rows",
    "requests",
    "pages",
    "read_at",
    "run_id",
    "digest",
    "error",
  ],
  // `digest` and `error`; the words of `state` and `proof` are ours.
  textColumns: [11, 12],
  toCells: (day) => [
    day.workDate,
    day.state,
    day.proof,
    countCell(day.apiTotal),
    countCell(day.rowCount),
    countCell(day.openRows),
    countCell(day.rejectedRows),
    countCell(day.requests),
    countCell(day.pages),
    day.readAt === null ? null : timeText(day.readAt),
    day.runId,
    day.digest,
    day.error,
  ],
  fromCells: (cells) => ({
    workDate: readDate(cells[0]!),
    state: readState(cells[1]),
    proof: readProof(cells[2]),
    apiTotal: orNull(cells[3]!, readCount),
    rowCount: orNull(cells[4]!, readCount),
    openRows: orNull(cells[5]!, readCount),
    rejectedRows: orNull(cells[6]!, readCount),
    requests: orNull(cells[7]!, readCount),
    pages: orNull(cells[8]!, readCount),
    readAt: orNull(cells[9]!, readTime),
    runId: readText(cells[10]!),
    digest: cells[11]!,
    error: cells[12]!,
  }),
}
