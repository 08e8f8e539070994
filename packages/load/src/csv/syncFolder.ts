/** Makes renames and removals last. */
import * as fs from "node:fs/promises"

/** Writes the entries of a folder to the disk, so that a rename in it survives a loss of power. */
export const syncFolder = async (folder: string): Promise<void> => {
  // Windows opens no folders, and needs none of this.
  if (process.platform === "win32") return
  const handle = await fs.open(folder, "r")
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
