/** Where things lie in a CSV archive's folder (docs/archive.md, "CSV archive"). */
import * as path from "node:path"

/** The kinds of files that a day can have, each in a folder of that name. */
export const dayFiles = ["encoding", "encoding_provenance", "encoding_history", "rejected"] as const
export type DayFile = (typeof dayFiles)[number]

export interface ArchiveFolder {
  readonly root: string
  readonly settings: string
  readonly ledger: string
  readonly runs: string
  readonly lock: string
  /** Where everything is written before it is moved into place: on the same file system, so that a rename is one step. */
  readonly pending: string
  readonly dayFolder: (file: DayFile) => string
  readonly dayFile: (file: DayFile, workDate: string) => string
  /** Where a day is staged. */
  readonly pendingDay: (workDate: string) => string
  /** A file of a staged day. */
  readonly pendingFile: (file: DayFile | "ledger", workDate: string) => string
}

export const archiveFolder = (folder: string): ArchiveFolder => {
  const root = path.resolve(folder)
  const pending = path.join(root, ".pending")
  return {
    root,
    settings: path.join(root, "archive.json"),
    ledger: path.join(root, "ledger.csv"),
    runs: path.join(root, "runs.ndjson"),
    lock: path.join(root, ".lock"),
    pending,
    dayFolder: (file) => path.join(root, file),
    dayFile: (file, workDate) => path.join(root, file, `${workDate}.csv`),
    pendingDay: (workDate) => path.join(pending, workDate),
    pendingFile: (file, workDate) => path.join(pending, workDate, `${file}.csv`),
  }
}
