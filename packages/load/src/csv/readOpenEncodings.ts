/** Stored rows that are not terminal, of days that are not closed. */
import { isTerminal } from "@vodstation-etl/core/Encoding"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import type { OpenEncoding } from "../Archive.ts"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { readStoredDay } from "./readStoredDay.ts"

/** @param ledger ordered by date */
export const readOpenEncodings = async (
  folder: ArchiveFolder,
  dialect: CsvDialect,
  ledger: ReadonlyArray<LedgerDay>,
  { before, limit }: { readonly before: string; readonly limit: number },
): Promise<ReadonlyArray<OpenEncoding>> => {
  const found: Array<OpenEncoding> = []
  for (const { workDate, state } of ledger) {
    if (found.length >= limit || workDate >= before) break
    if (state !== "open") continue
    for await (const rows of readStoredDay(folder, dialect, workDate)) {
      for (const row of rows)
        if (row.missingSince === null && !isTerminal(row)) found.push({ ...row, workDate })
      if (found.length >= limit) break
    }
  }
  return found.slice(0, limit)
}
