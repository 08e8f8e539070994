/** The port of the last start. Whoever cannot read or write it simply gets another one. */
import * as fs from "node:fs"

import type { ServerFolder } from "./ServerFolder.ts"

/** The port that the server had last time. */
export const rememberedPort = (folder: ServerFolder): number | undefined => {
  try {
    const port = Number(fs.readFileSync(folder.port, "utf8"))
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined
  } catch {
    return undefined
  }
}

/** Notes the port for the next start. */
export const rememberPort = (folder: ServerFolder, port: number): void => {
  try {
    fs.writeFileSync(folder.port, `${port}\n`)
  } catch {
    // The port is a convenience; the next start chooses another.
  }
}
