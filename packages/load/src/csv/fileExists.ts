/** Whether there is something at a path. */
import * as fs from "node:fs/promises"
import { errorCode } from "../errorCode.ts"

/** False where there is nothing; any other failure to look is thrown. */
export const fileExists = async (path: string): Promise<boolean> => {
  try {
    await fs.stat(path)
    return true
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return false
    throw cause
  }
}
