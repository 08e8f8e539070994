/**
 * What the archive's folders take of the disk: the bytes of their files. Without promises, which cost ten times what it takes to look:
 * ten years are ten thousand files.
 */
import * as fs from "node:fs"
import * as path from "node:path"
import type { SizeOnDisk } from "../Archive.ts"
import { errorCode } from "../errorCode.ts"
import { type ArchiveFolder, dayFiles } from "./ArchiveFolder.ts"

/** Largest first. */
export const sizesOf = (folder: ArchiveFolder): ReadonlyArray<SizeOnDisk> => {
  const parts = dayFiles.map((part) => ({ part, bytes: bytesIn(folder.dayFolder(part)) }))
  const other = bytesOf([folder.settings, folder.ledger, folder.runs])
  return [...parts, { part: "other", bytes: other }]
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => b.bytes - a.bytes)
}

const bytesIn = (folder: string): number => {
  try {
    return bytesOf(fs.readdirSync(folder).map((name) => path.join(folder, name)))
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return 0
    throw cause
  }
}

/** A file that is not there, or is there no more, has none. */
const bytesOf = (files: ReadonlyArray<string>): number =>
  files.reduce((bytes, file) => bytes + (fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0)
