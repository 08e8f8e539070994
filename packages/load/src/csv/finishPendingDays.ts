/** What a program that was killed left behind: committed days are put into place, the others removed. */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import { placeSteps, readManifest, runSteps } from "./commitDay.ts"
import { syncFolder } from "./syncFolder.ts"

/** Only for whoever holds the archive's lock. */
export const finishPendingDays = async (folder: ArchiveFolder): Promise<void> => {
  for (const name of await fs.readdir(folder.pending)) {
    const change = await readManifest(folder, name)
    if (change !== undefined) await runSteps(placeSteps(folder, change), () => undefined)
    await fs.rm(path.join(folder.pending, name), { recursive: true, force: true })
  }
  await syncFolder(folder.pending)
}
