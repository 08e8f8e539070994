/** How much room there is where something lies, or would be made. */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import { errorCode } from "./errorCode.ts"

export interface FreeSpace {
  /** The folder, or the nearest one above it that exists. */
  readonly at: string
  /** For this user, not for root. */
  readonly bytes: number
}

/** Fails as the file system does. */
export const freeSpace = async (folder: string): Promise<FreeSpace> => {
  const at = path.resolve(folder)
  try {
    const { bavail, bsize } = await fs.statfs(at)
    return { at, bytes: bavail * bsize }
  } catch (cause) {
    const parent = path.dirname(at)
    if (errorCode(cause) !== "ENOENT" || parent === at) throw cause
    return freeSpace(parent)
  }
}
