/** What a run is at, seen from outside while it goes on, so that a test can step in at the moment that it wants. */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { sessionPhases, watchProgramSessions } from "@vodstation-etl/load/postgres/ProgramSessions.fixture"

export interface PhaseWatch {
  /** The phases in which days are looked for; `reading` is what is left. */
  readonly phases: ReadonlyArray<string>
  /** Those that days are in now. */
  readonly now: () => Promise<ReadonlyArray<string>>
  readonly close: () => Promise<void>
}

export const watchPostgres = async (databaseUrl: string): Promise<PhaseWatch> => {
  const sessions = await watchProgramSessions(databaseUrl)
  return {
    phases: sessionPhases,
    now: async () => (await sessions.busy()).map(({ phase }) => phase),
    close: sessions.close,
  }
}

/** A day's staging folder tells how far it has come. */
const folderPhase = (files: ReadonlyArray<string>): string | undefined => {
  if (files.includes("manifest.json")) return "placing"
  if (files.includes("ledger.csv")) return "commit"
  if (files.includes("encoding.csv")) return "merge"
  return files.includes("spool") ? "staging" : undefined
}

const namesIn = (folder: string): ReadonlyArray<string> => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

export const watchCsv = (folder: string): PhaseWatch => {
  const pending = join(folder, ".pending")
  return {
    phases: ["staging", "merge", "commit", "placing"],
    now: async () => namesIn(pending).flatMap((day) => folderPhase(namesIn(join(pending, day))) ?? []),
    close: async () => {},
  }
}
