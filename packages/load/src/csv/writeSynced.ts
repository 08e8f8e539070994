/** Writes small files so that none is ever half. */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import { syncFolder } from "./syncFolder.ts"

/** Writes the whole file and waits until it is on the disk itself. */
export const writeSynced = async (file: string, text: string): Promise<void> => {
  const handle = await fs.open(file, "w")
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Puts a file with this text in the place of `file`, in one step. It is written at `draft` first, on the same file system. */
export const replaceFile = async (file: string, draft: string, text: string): Promise<void> => {
  await writeSynced(draft, text)
  await fs.rename(draft, file)
  await syncFolder(path.dirname(file))
}
