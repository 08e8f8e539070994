/** Why rows could not be understood, over all days that have a file of them. */
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import type { ReasonCount } from "../ReasonCount.ts"
import { ReasonCounts } from "../ReasonCount.ts"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { datesOf } from "./datesOf.ts"
import { fileExists } from "./fileExists.ts"
import { readCsvFile } from "./readCsvFile.ts"
import { rejectedTable } from "./rejectedTable.ts"

/** @param ledger tells of days whose files are not in their places yet */
export const countRejectReasons = async (
  folder: ArchiveFolder,
  dialect: CsvDialect,
  ledger: ReadonlyArray<LedgerDay>,
): Promise<ReadonlyArray<ReasonCount>> => {
  const counts = new ReasonCounts()
  const counted = ledger.filter(({ rejectedRows }) => (rejectedRows ?? 0) > 0)
  const dates = new Set([...counted.map(({ workDate }) => workDate), ...(await datesOf(folder, "rejected"))])
  for (const workDate of [...dates].toSorted()) {
    const file = folder.dayFile("rejected", workDate)
    if (!(await fileExists(file))) continue
    for await (const rows of readCsvFile(file, rejectedTable(workDate), dialect))
      for (const { reason, count } of rows) counts.add(reason, workDate, count)
  }
  return counts.all
}
