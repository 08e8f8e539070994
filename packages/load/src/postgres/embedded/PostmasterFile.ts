/** What `postmaster.pid` says: a running server writes it into its data folder, and a killed one leaves it there. */
import * as fs from "node:fs"
import * as path from "node:path"

/** The lines of `postmaster.pid` that we need. */
export interface PostmasterFile {
  readonly pid: number
  /** When the server started, epoch seconds. */
  readonly startedAt: number
  readonly port: number
  /** Line 8; `undefined` while the server has not come that far. */
  readonly status: string | undefined
}

/** The path of the file in `dataFolder`. */
export const postmasterFilePath = (dataFolder: string): string => path.join(dataFolder, "postmaster.pid")

/** The file's content, or `undefined` where there is none, or none that names a server. */
export const readPostmasterFile = (dataFolder: string): PostmasterFile | undefined => {
  let lines: ReadonlyArray<string>
  try {
    lines = fs.readFileSync(postmasterFilePath(dataFolder), "utf8").split("\n")
  } catch {
    return undefined
  }
  const pid = Number(lines[0])
  // A negative number names a single-user session, which is no server. It must never reach kill(), either.
  if (!Number.isInteger(pid) || pid <= 1) return undefined
  return {
    pid,
    startedAt: Number(lines[2] ?? 0),
    port: Number(lines[3] ?? 0),
    status: lines[7]?.trim() || undefined,
  }
}
