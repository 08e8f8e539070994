/**
 * Which process a number means. Numbers are used again, within days on a busy machine and at once after a restart; together
 * with the moment of its start, counted from a certain boot, a number names one process for ever.
 */
import * as fs from "node:fs/promises"
import { errorCode } from "../errorCode.ts"

/**
 * The start of a running process as a text to be compared; undefined where the system does not tell (only Linux does, in
 * `/proc`), or there is no such process.
 */
export const processStart = async (pid: number): Promise<string | undefined> => {
  try {
    const boot = (await fs.readFile("/proc/sys/kernel/random/boot_id", "utf8")).trim()
    const stat = await statFields(pid)
    // Field 22 of proc(5), "starttime"; the fields after the name begin with the third.
    return `${boot}/${stat[22 - 3]}`
  } catch {
    return undefined
  }
}

/** Of a start that `processStart` told: which kernel the process runs under, and since which start of it. */
export const bootOf = (start: string | undefined): string | undefined => start?.split("/")[0]

/** Whether there is such a process, and, if its start can be told, whether it is the one that began at `start`. */
export const isProcessAlive = async (pid: number, start: string | undefined): Promise<boolean> => {
  try {
    process.kill(pid, 0)
  } catch (cause) {
    if (errorCode(cause) !== "EPERM") return false
  }
  try {
    // Dead already, and only not yet waited for by its parent.
    if (["Z", "X"].includes((await statFields(pid))[0]!)) return false
  } catch {
    return true
  }
  const now = await processStart(pid)
  return start === undefined || now === undefined || start === now
}

/**
 * In which numbering of processes this one is: a container has its own, in which the numbers of others mean nothing or
 * somebody else. Undefined where the system does not tell.
 */
export const processNamespace = async (): Promise<string | undefined> => {
  try {
    return await fs.readlink("/proc/self/ns/pid")
  } catch {
    return undefined
  }
}

/** The machine's own numbering, in which all processes have a number: PROC_PID_INIT_INO of Linux. */
export const machineNamespace = "pid:[4026531836]"

/** The fields of `/proc/PID/stat` after the process's name, which stands in parentheses and may hold anything. */
const statFields = async (pid: number): Promise<ReadonlyArray<string>> => {
  const stat = await fs.readFile(`/proc/${pid}/stat`, "utf8")
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")
}
