/** Reads a stored day: `encoding/DAY.csv` and `encoding_provenance/DAY.csv`, which hold the same keys in the same order, as one. */
import type { StoredEncoding } from "@vodstation-etl/core/Encoding"
import { compareKeys } from "@vodstation-etl/core/compareEncodings"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { DamagedFile } from "./DamagedFile.ts"
import { RowCursor } from "./RowCursor.ts"
import { encodingTable } from "./encodingTable.ts"
import { fileExists } from "./fileExists.ts"
import { provenanceTable } from "./provenanceTable.ts"
import { readCsvFile } from "./readCsvFile.ts"

/** The rows by key; none for a day that was never loaded. */
export async function* readStoredDay(
  folder: ArchiveFolder,
  dialect: CsvDialect,
  workDate: string,
): AsyncGenerator<Array<StoredEncoding>> {
  const encodings = folder.dayFile("encoding", workDate)
  const provenances = folder.dayFile("encoding_provenance", workDate)
  const held = [await fileExists(encodings), await fileExists(provenances)]
  if (!held.includes(true)) return
  if (held.includes(false))
    throw held[0]
      ? alone(workDate, "encoding", "encoding_provenance")
      : alone(workDate, "encoding_provenance", "encoding")
  const provenance = await RowCursor.open(readCsvFile(provenances, provenanceTable(workDate), dialect))
  try {
    let last: StoredEncoding | undefined
    for await (const batch of readCsvFile(encodings, encodingTable(workDate), dialect)) {
      const rows: Array<StoredEncoding> = []
      for (const row of batch) {
        const origin = provenance.row
        if (origin === undefined || compareKeys(row, origin) !== 0) throw apart(workDate)
        const { firstSeenAt, changedAt, runId, raw } = origin
        const stored = { ...row, firstSeenAt, changedAt, runId, raw }
        if (last !== undefined && compareKeys(last, stored) >= 0) throw unsorted(workDate)
        rows.push(stored)
        last = stored
        if (!provenance.step()) await provenance.refill()
      }
      yield rows
    }
    if (provenance.row !== undefined) throw apart(workDate)
  } finally {
    await provenance.close()
  }
}

const apart = (workDate: string): Error =>
  new DamagedFile(
    `encoding/${workDate}.csv and encoding_provenance/${workDate}.csv do not hold the same keys: one of them was edited or is older than the other`,
    workDate,
  )

const alone = (workDate: string, there: string, gone: string): Error =>
  new DamagedFile(`there is ${there}/${workDate}.csv, but no ${gone}/${workDate}.csv`, workDate)

const unsorted = (workDate: string): Error =>
  new DamagedFile(`encoding/${workDate}.csv is not sorted by its key any more: it was edited`, workDate)
