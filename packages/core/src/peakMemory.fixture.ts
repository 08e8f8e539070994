/** The most memory that this process has had so far, and no other. */
import { readFileSync } from "node:fs"

/**
 * Resident bytes. Linux counts `maxRSS` on from what the parent had when it started the process, so that a large test makes
 * a small program look large; `VmHWM` (proc_pid_status(5)) begins anew with each program.
 */
export const peakMemory = (): number => {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS * 1024
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))!
  return Number(kilobytes) * 1024
}
