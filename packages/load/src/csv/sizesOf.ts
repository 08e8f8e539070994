/** What the archive's folders take of the disk: the bytes of their files. */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import type { SizeOnDisk } from "../Archive.ts"
import { errorCode } from "../errorCode.ts"
import { type ArchiveFolder, dayFiles } from "./ArchiveFolder.ts"

/** Largest first. */
export const sizesOf = async (folder: ArchiveFolder): Promise<ReadonlyArray<SizeOnDisk>> => {
  const parts = await Promise.all(
    dayFiles.map(async (part) => ({ part, bytes: await bytesIn(folder.dayFolder(part)) })),
  )
  const other = await Promise.all([folder.settings, folder.ledger, folder.runs].map(bytesOf))
  return [...parts, { part: "other", bytes: sum(other) }]
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => b.bytes - a.bytes)
}

const bytesIn = async (folder: string): Promise<number> => {
  try {
    const names = await fs.readdir(folder)
    return sum(await Promise.all(names.map((name) => bytesOf(path.join(folder, name)))))
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return 0
    throw cause
  }
}

/** 0 for a file that is not there, or is there no more. */
const bytesOf = async (file: string): Promise<number> => {
  try {
    return (await fs.stat(file)).size
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return 0
    throw cause
  }
}

const sum = (numbers: ReadonlyArray<number>): number => numbers.reduce((total, bytes) => total + bytes, 0)
