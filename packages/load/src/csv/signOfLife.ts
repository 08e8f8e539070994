/**
 * How the holder of an archive's lock shows that it lives to those who cannot look at its process: to other containers, which
 * have process numbers of their own. It keeps a lock of the kernel on a file of its own, which the kernel gives back however
 * the holder ends. Node has no such locks, but its SQLite has (as in `postgres/embedded/FileLock.ts`); the file stays empty.
 */
import * as fs from "node:fs/promises"
import { fileExists } from "./fileExists.ts"

/** Gives the sign until it is called. Where the file system has no locks there is no sign, and nobody takes us for dead. */
export const giveSign = async (file: string): Promise<() => Promise<void>> => {
  // Not loaded where nobody needs it, which is almost everywhere.
  const { DatabaseSync } = await import("node:sqlite")
  const sign = new DatabaseSync(file, { timeout: 0 })
  try {
    sign.exec("BEGIN EXCLUSIVE")
  } catch {
    sign.close()
    await fs.rm(file, { force: true })
    return async () => undefined
  }
  return async () => {
    sign.close()
    await fs.rm(file, { force: true })
  }
}

/** Whether a holder gave a sign once, and none any more. Only of holders under this machine's kernel. */
export const signHasEnded = async (file: string): Promise<boolean> => {
  if (!(await fileExists(file))) return false
  try {
    const { DatabaseSync } = await import("node:sqlite")
    const sign = new DatabaseSync(file, { timeout: 0, readOnly: true })
    try {
      sign.exec("BEGIN; SELECT count(*) FROM sqlite_schema")
      return true
    } finally {
      sign.close()
    }
  } catch {
    return false
  }
}
