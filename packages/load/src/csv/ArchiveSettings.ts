/** The file `archive.json`: what is fixed when an archive is made, and the host that it is filled from. */
import * as fs from "node:fs/promises"
import * as path from "node:path"
import * as Schema from "effect/Schema"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import { errorCode } from "../errorCode.ts"
import { replaceFile } from "./writeSynced.ts"

/** What this program writes and understands; a higher one was written by a newer version. */
export const formatVersion = 1

const Settings = Schema.Struct({
  format: Schema.Int,
  /** The work day's, as `Asia/Seoul`. */
  timeZone: Schema.String,
  /** The API host that the archive is filled from, once it is known. */
  host: Schema.NullOr(Schema.String),
  excel: Schema.Boolean,
  /** What was found out about the API for this archive. */
  facts: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)),
})
export type ArchiveSettings = typeof Settings.Type

const SettingsText = Schema.fromJsonString(Settings)
const FormatText = Schema.fromJsonString(Schema.Struct({ format: Schema.Int }))

export type FoundSettings =
  | { readonly _tag: "Settings"; readonly settings: ArchiveSettings }
  | { readonly _tag: "Newer"; readonly format: number }
  | { readonly _tag: "Unreadable" }
  | { readonly _tag: "None" }

/** What the folder says it is. Fails as the file system does; a folder that does not exist says nothing. */
export const readSettings = async (folder: ArchiveFolder): Promise<FoundSettings> => {
  let text: string
  try {
    text = await fs.readFile(folder.settings, "utf8")
  } catch (cause) {
    if (errorCode(cause) === "ENOENT") return { _tag: "None" }
    throw cause
  }
  try {
    const { format } = Schema.decodeSync(FormatText)(text)
    if (format > formatVersion) return { _tag: "Newer", format }
    return { _tag: "Settings", settings: Schema.decodeSync(SettingsText)(text) }
  } catch {
    return { _tag: "Unreadable" }
  }
}

export const writeSettings = (folder: ArchiveFolder, settings: ArchiveSettings): Promise<void> =>
  replaceFile(
    folder.settings,
    path.join(folder.pending, "archive.json"),
    `${JSON.stringify(settings, undefined, 2)}\n`,
  )
