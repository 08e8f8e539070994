/** Whether any day of the archive holds rows: until then an empty answer of the API proves nothing (core, `dayState`). */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import { encodingColumns } from "./encodingTable.ts"

/** Longer than a header and shorter than a header with a row, whatever the dialect. */
const headerBytes = encodingColumns.join(",").length + 8

/** @param except a day that is not looked at, since it is just being written */
export const archiveHoldsRows = async (folder: ArchiveFolder, except: string): Promise<boolean> => {
  const days = folder.dayFolder("encoding")
  for (const name of await fs.readdir(days)) {
    if (name === `${except}.csv` || !name.endsWith(".csv")) continue
    if ((await fs.stat(path.join(days, name))).size > headerBytes) return true
  }
  return false
}
