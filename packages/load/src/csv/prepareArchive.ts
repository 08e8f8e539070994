/** Makes an archive's folder ready to be written: makes what is missing, and finishes what a killed program left. */
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import { dayFiles } from "./ArchiveFolder.ts"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import { formatVersion, writeSettings } from "./ArchiveSettings.ts"
import type { ArchiveSettings } from "./ArchiveSettings.ts"
import { defaultTimeZone } from "./CsvArchiveOptions.ts"
import type { CsvArchiveOptions } from "./CsvArchiveOptions.ts"
import { repairRunLog } from "./RunLog.ts"
import { otherHost } from "./archiveUnusable.ts"
import { csvHeader } from "./csvText.ts"
import { fileExists } from "./fileExists.ts"
import { finishPendingDays } from "./finishPendingDays.ts"
import { inspectArchive } from "./inspectArchive.ts"
import { makeFolder } from "../makeFolder.ts"
import { ledgerTable } from "./ledgerTable.ts"
import { readLedger } from "./readLedger.ts"
import { syncFolder } from "./syncFolder.ts"
import { replaceFile } from "./writeSynced.ts"

export interface PreparedArchive {
  readonly settings: ArchiveSettings
  /** The ledger, ordered by date. */
  readonly days: ReadonlyArray<LedgerDay>
}

/**
 * Only for whoever holds the archive's lock. Throws `ArchiveUnusable`, having written nothing, or what the file system throws.
 *
 * @param host the API host that the archive is to be filled from, without a port
 */
export const prepareArchive = async (
  folder: ArchiveFolder,
  options: CsvArchiveOptions,
  host: string,
): Promise<PreparedArchive> => {
  // Once more, since another program may have made the archive, or changed it, before we got the lock.
  const found = await inspectArchive(folder, options)
  checkHost(folder, found, host)
  const settings = {
    ...(found ?? {
      format: formatVersion,
      timeZone: options.timeZone ?? defaultTimeZone,
      excel: options.excel ?? false,
    }),
    host,
  }
  makeFolder(folder.pending)
  // Before anything else, since a folder that holds other things and no settings is taken for somebody else's.
  if (found?.host !== host) await writeSettings(folder, settings)
  for (const file of dayFiles) makeFolder(folder.dayFolder(file))
  await finishPendingDays(folder)
  await repairRunLog(folder)
  if (!(await fileExists(folder.ledger)))
    await replaceFile(folder.ledger, `${folder.pending}/ledger.csv`, csvHeader(ledgerTable.columns, settings))
  await syncFolder(folder.root)
  return { settings, days: await readLedger(folder, settings) }
}

/** Throws `ArchiveUnusable` for another host than the one that the archive is filled from. */
export const checkHost = (
  folder: ArchiveFolder,
  settings: ArchiveSettings | undefined,
  host: string,
): void => {
  const known = settings?.host ?? host
  if (known !== host) throw otherHost(folder.root, known, host)
}
