/** Whether a folder can be written to, or made where there is none yet. Makes and writes nothing. */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import * as Effect from "effect/Effect"
import { errorCode } from "@vodstation-etl/load/errorCode"
import { homeUnusable } from "@vodstation-etl/load/postgres/embedded/homeUnusable"

export const folderCheck = (folder: string) =>
  Effect.tryPromise({
    try: () => mayWrite(folder),
    catch: (cause) => homeUnusable("write to", folder, cause),
  })

const mayWrite = async (folder: string): Promise<void> => {
  try {
    await fs.access(folder, fs.constants.W_OK | fs.constants.X_OK)
  } catch (cause) {
    const parent = path.dirname(folder)
    if (errorCode(cause) !== "ENOENT" || parent === folder) throw cause
    await mayWrite(parent)
  }
}
