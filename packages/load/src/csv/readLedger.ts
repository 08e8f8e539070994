/** Reads the ledger as the commits in the folder say it is: `ledger.csv`, or the one that is just being put into its place. */
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import { errorCode } from "../errorCode.ts"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { committedFolder } from "./committedFolder.ts"
import { DamagedFile } from "./DamagedFile.ts"
import { ledgerTable } from "./ledgerTable.ts"
import { readCsvFile } from "./readCsvFile.ts"

/** Ordered by date, each day once: what reads it relies on that. Empty where there is none yet. */
export const readLedger = async (
  folder: ArchiveFolder,
  dialect: CsvDialect,
): Promise<ReadonlyArray<LedgerDay>> => {
  const { ledger } = await committedFolder(folder)
  // A staged one may have been moved since we looked.
  return (
    (await readIfThere(ledger, dialect)) ??
    (ledger === folder.ledger ? undefined : await readIfThere(folder.ledger, dialect)) ??
    []
  )
}

const readIfThere = async (
  file: string,
  dialect: CsvDialect,
): Promise<ReadonlyArray<LedgerDay> | undefined> => {
  const days: Array<LedgerDay> = []
  try {
    for await (const rows of readCsvFile(file, ledgerTable, dialect)) days.push(...rows)
    if (days.some(({ workDate }, at) => at > 0 && days[at - 1]!.workDate >= workDate)) throw outOfOrder()
    return days
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return undefined
    throw cause
  }
}

const outOfOrder = (): Error =>
  new DamagedFile(
    "ledger.csv was edited: it is not sorted by work_date any more, or holds a day twice",
    "ledger.csv",
  )
