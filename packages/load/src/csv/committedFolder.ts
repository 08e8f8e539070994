/**
 * The folder as its commits say it is. A day counts from the moment in which its manifest is there; whoever is killed before
 * the files are in their places leaves some of them in the staging folder, and the next program that writes moves them.
 * Until then this is how to read the day whole.
 */
import * as fs from "node:fs"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import { readManifest } from "./commitDay.ts"
import { errorCode } from "../errorCode.ts"

export const committedFolder = async (folder: ArchiveFolder): Promise<ArchiveFolder> => {
  const moved = new Map<string, string>()
  const removed = new Set<string>()
  let { ledger } = folder
  for (const name of pendingNames(folder)) {
    const change = await readManifest(folder, name)
    if (change === undefined) continue
    const { workDate, put, remove } = change
    for (const file of put) moved.set(folder.dayFile(file, workDate), folder.pendingFile(file, workDate))
    for (const file of remove) removed.add(folder.dayFile(file, workDate))
    const staged = folder.pendingFile("ledger", workDate)
    if (fs.existsSync(staged)) ledger = staged
  }
  return {
    ...folder,
    ledger,
    dayFile: (file, workDate) => {
      const place = folder.dayFile(file, workDate)
      // Looked for each time: whoever commits may come to an end of it at any moment.
      if (removed.has(place))
        // What is removed does not lie in the staging folder: so this is a file that is not there.
        return fs.existsSync(folder.pendingDay(workDate)) ? folder.pendingFile(file, workDate) : place
      const staged = moved.get(place)
      return staged !== undefined && fs.existsSync(staged) ? staged : place
    },
  }
}

const pendingNames = (folder: ArchiveFolder): ReadonlyArray<string> => {
  try {
    return fs.readdirSync(folder.pending)
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return []
    throw cause
  }
}
