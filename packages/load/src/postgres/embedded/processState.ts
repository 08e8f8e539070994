/** Whether a process is still there. */
import * as fs from "node:fs"

import { errorCode } from "../../errorCode.ts"

const isZombie = (pid: number): boolean => {
  try {
    // The state follows the name, which stands in parentheses and may hold any character.
    return fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.startsWith("Z") === true
  } catch {
    return false
  }
}

/**
 * The state of the process `pid`, whosever it is. `zombie`: it has ended, but keeps its number until its parent waits for
 * it, which in a container may be never.
 */
export const processState = (pid: number): "running" | "zombie" | "none" => {
  try {
    process.kill(pid, 0)
  } catch (cause) {
    if (errorCode(cause) !== "EPERM") return "none"
  }
  return isZombie(pid) ? "zombie" : "running"
}
