/** What was found out about the API for this archive: `facts` in `archive.json`. */
import { compareUtf8 } from "@vodstation-etl/core/compareUtf8"
import type { ArchiveFolder } from "./ArchiveFolder.ts"
import { readSettings, writeSettings } from "./ArchiveSettings.ts"

export const readFacts = async (folder: ArchiveFolder): Promise<Readonly<Record<string, string>>> => {
  const found = await readSettings(folder)
  return (found._tag === "Settings" ? found.settings.facts : undefined) ?? {}
}

/** Sets facts, null forgets one. One call at a time, and only for whoever holds the archive's lock. */
export const keepFacts = async (
  folder: ArchiveFolder,
  changes: Readonly<Record<string, string | null>>,
): Promise<void> => {
  const found = await readSettings(folder)
  if (found._tag !== "Settings") throw new Error("archive.json is damaged or gone: restore it from a backup")
  const kept = new Map(Object.entries(found.settings.facts ?? {}))
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) kept.delete(name)
    else kept.set(name, value)
  }
  const facts = Object.fromEntries([...kept].toSorted(([a], [b]) => compareUtf8(a, b)))
  await writeSettings(folder, { ...found.settings, facts })
}
