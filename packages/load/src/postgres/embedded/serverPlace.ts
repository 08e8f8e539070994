/**
 * Where the server runs: this start of this machine, and the container. A home may be mounted into two containers, and
 * neither sees the processes of the other, so that PostgreSQL's own check against two servers on one folder fails. File
 * locks are seen by both: somebody uses a server that is not to be seen here, and it was started elsewhere.
 */
import * as fs from "node:fs"

import type { ServerFolder } from "./ServerFolder.ts"

const ourPlace = (): string => {
  try {
    const boot = fs.readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()
    return `${boot} ${fs.readlinkSync("/proc/self/ns/pid")}`
  } catch {
    // Elsewhere than on Linux, containers are Linux in a machine of its own.
    return "here"
  }
}

/** Whether the server was last started where its process would be seen from here. */
export const wasStartedHere = (folder: ServerFolder): boolean =>
  !fs.existsSync(folder.place) || fs.readFileSync(folder.place, "utf8").trim() === ourPlace()

/** Notes that the server is about to be started here. */
export const notePlace = (folder: ServerFolder): void => {
  fs.rmSync(folder.place, { force: true })
  fs.writeFileSync(folder.place, `${ourPlace()}\n`, { mode: 0o644 })
}
