/** How many rows the archive holds of a day, from the rows themselves. */
import type { DayRowCounts } from "../Archive.ts"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { encodingTable } from "./encodingTable.ts"
import { fileExists } from "./fileExists.ts"
import { readCsvFile } from "./readCsvFile.ts"
import { rejectedTable } from "./rejectedTable.ts"

/** Of those of the days that hold anything, in their order. */
export const countRows = async (
  folder: ArchiveFolder,
  dialect: CsvDialect,
  dates: ReadonlyArray<string>,
): Promise<ReadonlyArray<DayRowCounts>> => {
  const counts: Array<DayRowCounts> = []
  for (const workDate of dates) {
    const { present, missing } = await countStoredRows(folder, dialect, workDate)
    const rejected = await countRejects(folder, dialect, workDate)
    if (present + missing + rejected > 0) counts.push({ workDate, present, missing, rejected })
  }
  return counts
}

/** Rows that the API still shows as far as the archive knows, and others. Reads only what it must: a third of a whole day. */
export const countStoredRows = async (
  folder: ArchiveFolder,
  dialect: CsvDialect,
  workDate: string,
): Promise<{ readonly present: number; readonly missing: number }> => {
  const file = folder.dayFile("encoding", workDate)
  let present = 0
  let missing = 0
  if (await fileExists(file)) {
    for await (const rows of readCsvFile(file, encodingTable(workDate), dialect))
      for (const row of rows) {
        if (row.missingSince === null) present++
        else missing++
      }
  }
  return { present, missing }
}

const countRejects = async (
  folder: ArchiveFolder,
  dialect: CsvDialect,
  workDate: string,
): Promise<number> => {
  const file = folder.dayFile("rejected", workDate)
  let rejected = 0
  if (await fileExists(file)) {
    for await (const rows of readCsvFile(file, rejectedTable(workDate), dialect))
      for (const { count } of rows) rejected += count
  }
  return rejected
}
