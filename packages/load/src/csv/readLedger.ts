/** Reads `ledger.csv` as it is on the disk. */
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { fileExists } from "./fileExists.ts"
import { ledgerTable } from "./ledgerTable.ts"
import { readCsvFile } from "./readCsvFile.ts"

/** Ordered by date; empty where there is none yet. */
export const readLedger = async (
  folder: ArchiveFolder,
  dialect: CsvDialect,
): Promise<ReadonlyArray<LedgerDay>> => {
  const days: Array<LedgerDay> = []
  if (!(await fileExists(folder.ledger))) return days
  for await (const rows of readCsvFile(folder.ledger, ledgerTable, dialect)) days.push(...rows)
  return days
}
