/** Whether the process that `postmaster.pid` names is still the server: its number may since belong to another. */
import { execFileSync } from "node:child_process"
import * as fs from "node:fs"
import * as path from "node:path"

import { processState } from "./processState.ts"

/** The command line of a process, empty where it cannot be told: while it is being replaced by exec, for one. */
const commandLine = (pid: number): string => {
  try {
    return process.platform === "linux"
      ? fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], {
          encoding: "utf8",
          stdio: ["ignore", "pipe", "ignore"],
        })
  } catch {
    return ""
  }
}

/**
 * `server`: the server of `dataFolder`. `none`: no such process. `other`: certainly not it, though PostgreSQL, which looks
 * at the number only, would take it for that. `unclear`: some PostgreSQL that was not started for this folder by this name,
 * or a process that hides what it is.
 */
export const postmasterProcess = (
  pid: number,
  dataFolder: string,
): "server" | "none" | "other" | "unclear" => {
  const state = processState(pid)
  if (state !== "running") return state === "none" ? "none" : "other"
  // There is no cheap way to ask on Windows, where numbers are not reused in order either.
  if (process.platform === "win32") return "server"
  const command = commandLine(pid).trim()
  if (`${command} `.includes(` -D ${dataFolder} `)) return "server"
  return command === "" || path.basename(command.split(/[\s:]/)[0] ?? "").startsWith("postgres")
    ? "unclear"
    : "other"
}
