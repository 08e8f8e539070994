/** Makes a rename last. */
import * as fs from "node:fs"

/** Writes the entries of `folder` to the disk, so that a rename in it survives a loss of power. */
export const syncFolder = (folder: string): void => {
  // Windows opens no folders, and needs none of this.
  if (process.platform === "win32") return
  const descriptor = fs.openSync(folder, "r")
  try {
    fs.fsyncSync(descriptor)
  } finally {
    fs.closeSync(descriptor)
  }
}
