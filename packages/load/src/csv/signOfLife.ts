/**
 * How the holder of an archive's lock shows that it lives to those who cannot look at its process: to other containers, which
 * have process numbers of their own. It keeps a lock of the kernel on a file of its own (`lockFile.ts`).
 */
import * as fs from "node:fs/promises"
import { fileExists } from "./fileExists.ts"

// Not loaded where nobody needs it, which is almost everywhere.
const loadLocks = () => import("../lockFile.ts")

/** Gives the sign until it is called. Where the file system has no locks there is no sign, and nobody takes us for dead. */
export const giveSign = async (file: string): Promise<() => Promise<void>> => {
  const { lockFile } = await loadLocks()
  try {
    const sign = lockFile(file, "exclusive")
    return async () => {
      sign.release()
      await fs.rm(file, { force: true })
    }
  } catch {
    await fs.rm(file, { force: true })
    return async () => undefined
  }
}

/** Whether a holder gave a sign once, and none any more. Only of holders under this machine's kernel. */
export const signHasEnded = async (file: string): Promise<boolean> => {
  if (!(await fileExists(file))) return false
  try {
    const { lockFile } = await loadLocks()
    lockFile(file, "shared", true).release()
    return true
  } catch {
    return false
  }
}
