/**
 * Makes a folder, and those above it that are missing. Not by Node's own recursive `mkdir`, which tries for ever where a
 * file system answers "no such folder" to the making of one, as `/proc` does.
 */
import * as fs from "node:fs"
import * as path from "node:path"
import { errorCode } from "./errorCode.ts"

/**
 * Throws what the file system throws; `EEXIST` where something else than a folder stands there.
 *
 * @param mode of the folders that are made, less the umask
 */
export const makeFolder = (folder: string, mode = 0o777): void => {
  try {
    fs.mkdirSync(folder, mode)
  } catch (cause) {
    if (errorCode(cause) === "EEXIST" && fs.statSync(folder).isDirectory()) return
    const parent = path.dirname(folder)
    if (errorCode(cause) !== "ENOENT" || parent === folder) throw cause
    makeFolder(parent, mode)
    fs.mkdirSync(folder, mode)
  }
}
