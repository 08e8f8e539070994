/** All that the archive holds of one work day, row by row: its states, present and past, by key. */
import type { SupersededEncoding } from "@vodstation-etl/core/Encoding"
import type { HeldState } from "@vodstation-etl/core/checkStates"
import { compareKeys } from "@vodstation-etl/core/compareEncodings"
import type { StoredReject } from "@vodstation-etl/core/mergeRejects"
import type { HeldDay } from "../Archive.ts"
import { errorCode } from "../errorCode.ts"
import { type ArchiveFolder, dayFiles } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import type { CsvTable } from "./CsvTable.ts"
import { RowCursor } from "./RowCursor.ts"
import { datesOf } from "./datesOf.ts"
import { fileExists } from "./fileExists.ts"
import { historyTable } from "./historyTable.ts"
import { readCsvFile } from "./readCsvFile.ts"
import { readStoredDay } from "./readStoredDay.ts"
import { rejectedTable } from "./rejectedTable.ts"

/** Files that cannot be read as the archive writes them are no failure here, but what is told of the day. */
export const lookAtDay = async (
  folder: ArchiveFolder,
  dialect: CsvDialect,
  workDate: string,
  see: (states: ReadonlyArray<HeldState>) => void,
): Promise<HeldDay> => {
  try {
    await seeStates(folder, dialect, workDate, see)
    const rejects: Array<StoredReject> = []
    const stored = readIfThere(folder.dayFile("rejected", workDate), rejectedTable(workDate), dialect)
    for await (const batch of stored) rejects.push(...batch)
    return { rejects, damage: null }
  } catch (cause) {
    const code = errorCode(cause)
    // The file system's own codes (EIO, EMFILE); the parser's are CSV_….
    if (code !== undefined && code !== "ENOENT" && /^E[A-Z]+$/.test(code)) throw cause
    return { rejects: [], damage: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** Of files of any kind and of the ledger's days. */
export const heldDates = async (
  folder: ArchiveFolder,
  ledger: ReadonlyArray<{ readonly workDate: string }>,
): Promise<ReadonlyArray<string>> => {
  const dates = new Set(ledger.map(({ workDate }) => workDate))
  for (const file of dayFiles) for (const date of await datesOf(folder, file)) dates.add(date)
  return [...dates].toSorted()
}

const seeStates = async (
  folder: ArchiveFolder,
  dialect: CsvDialect,
  workDate: string,
  see: (states: ReadonlyArray<HeldState>) => void,
): Promise<void> => {
  const history = readIfThere(folder.dayFile("encoding_history", workDate), historyTable(workDate), dialect)
  const past = await RowCursor.open<SupersededEncoding>(history)
  try {
    for await (const rows of readStoredDay(folder, dialect, workDate)) {
      const states: Array<HeldState> = []
      for (const row of rows) {
        while (past.row !== undefined && compareKeys(past.row, row) <= 0) {
          states.push(past.row)
          if (!past.step()) await past.refill()
        }
        states.push({ ...row, supersededAt: null })
      }
      see(states)
    }
    while (past.row !== undefined) {
      see([past.row])
      if (!past.step()) await past.refill()
    }
  } finally {
    await past.close()
  }
}

async function* readIfThere<A>(
  file: string,
  table: CsvTable<A>,
  dialect: CsvDialect,
): AsyncGenerator<Array<A>> {
  if (await fileExists(file)) yield* readCsvFile(file, table, dialect)
}
