/** The server's log file: the server appends to it, we keep it small and show its end when a start fails. */
import * as fs from "node:fs"

const tooBig = 10 * 1024 * 1024
const shownLines = 15
const shownBytes = 64 * 1024

/** The size of the log, 0 where there is none. */
export const serverLogSize = (log: string): number => fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0

/** Puts a log that has grown big aside, in place of the one before it. For when no server writes to it. */
export const putAsideBigLog = (log: string): void => {
  if (serverLogSize(log) > tooBig) fs.renameSync(log, `${log}.old`)
}

/** The last lines of the log that were written after it had the size `from`. */
export const serverLogTail = (log: string, from: number): string => {
  const size = serverLogSize(log)
  const start = Math.max(from, size - shownBytes)
  if (size <= start) return "(it wrote nothing)"
  const bytes = Buffer.alloc(size - start)
  const file = fs.openSync(log, "r")
  try {
    fs.readSync(file, bytes, 0, bytes.length, start)
  } finally {
    fs.closeSync(file)
  }
  return bytes.toString("utf8").trimEnd().split("\n").slice(-shownLines).join("\n")
}
