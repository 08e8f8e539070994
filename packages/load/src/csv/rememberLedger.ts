/** Reads the ledger again only where another one has been put into its place: ten years of it take a tenth of a second to parse. */
import * as fs from "node:fs/promises"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import { errorCode } from "../errorCode.ts"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { committedFolder } from "./committedFolder.ts"
import { readLedger } from "./readLedger.ts"

/** Each call gives the ledger as `readLedger` would. */
export const rememberLedger = (folder: ArchiveFolder, dialect: CsvDialect) => {
  let known: { readonly stamp: string; readonly days: ReadonlyArray<LedgerDay> } | undefined
  return async (): Promise<ReadonlyArray<LedgerDay>> => {
    // Taken before reading: what is replaced meanwhile has another one the next time.
    const stamp = await stampOf((await committedFolder(folder)).ledger)
    if (stamp === undefined) return readLedger(folder, dialect)
    if (known?.stamp !== stamp) known = { stamp, days: await readLedger(folder, dialect) }
    return known.days
  }
}

const stampOf = async (file: string): Promise<string | undefined> => {
  try {
    const { ino, size, mtimeNs, ctimeNs } = await fs.stat(file, { bigint: true })
    return [ino, size, mtimeNs, ctimeNs].join()
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return undefined
    throw cause
  }
}
