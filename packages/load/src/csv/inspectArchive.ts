/** Looks at everything that could forbid the use of a folder as an archive. Writes nothing. */
import { constants } from "node:fs"
import * as fs from "node:fs/promises"
import * as path from "node:path"
import * as Option from "effect/Option"
import { timeZone } from "@vodstation-etl/core/WorkDay"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import { formatVersion, readSettings } from "./ArchiveSettings.ts"
import type { ArchiveSettings } from "./ArchiveSettings.ts"
import type { CsvArchiveOptions } from "./CsvArchiveOptions.ts"
import * as unusable from "./archiveUnusable.ts"
import { errorCode } from "../errorCode.ts"

/**
 * The archive's settings, if there is one and it may be used so; undefined if it is still to be made. Throws
 * `ArchiveUnusable`, or what the file system throws.
 */
export const inspectArchive = async (
  folder: ArchiveFolder,
  options: CsvArchiveOptions,
): Promise<ArchiveSettings | undefined> => {
  const { root } = folder
  if (options.timeZone !== undefined && Option.isNone(timeZone(options.timeZone)))
    throw unusable.noSuchZone(root, options.timeZone)
  const found = await readSettings(folder)
  if (found._tag === "Newer") throw unusable.newerFormat(root, found.format, formatVersion)
  if (found._tag === "Unreadable") throw unusable.unreadableSettings(root)
  if (found._tag === "None") {
    const names = (await namesIn(root)).filter((name) => !isHarmless(name))
    // Another program has made it since we looked for them.
    if (names.includes(path.basename(folder.settings))) return inspectArchive(folder, options)
    if (names.length > 0) throw unusable.foreignFolder(root, names)
    if (options.access === "write") await refuseUnwritable(root)
    return undefined
  }
  const { settings } = found
  if (options.timeZone !== undefined && options.timeZone !== settings.timeZone)
    throw unusable.otherZone(root, settings.timeZone, options.timeZone)
  if (options.access === "write") {
    if (options.excel !== undefined && options.excel !== settings.excel)
      throw unusable.otherDialect(root, settings.excel)
    await refuseUnwritable(root)
  }
  return settings
}

/** What may lie in a folder that is to become an archive: what another attempt left, and what systems put there. */
const isHarmless = (name: string): boolean =>
  name === ".pending" || name.startsWith(".lock") || name === "lost+found" || name === ".DS_Store"

const namesIn = async (folder: string): Promise<ReadonlyArray<string>> => {
  try {
    return (await fs.readdir(folder)).toSorted()
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return []
    throw cause
  }
}

/** Asks the folder, or the nearest one above it that exists and in which it would be made. */
const refuseUnwritable = async (folder: string): Promise<void> => {
  try {
    await fs.access(folder, constants.W_OK | constants.X_OK)
  } catch (cause) {
    const parent = path.dirname(folder)
    if (errorCode(cause) !== "ENOENT" || parent === folder) throw cause
    await refuseUnwritable(parent)
  }
}
