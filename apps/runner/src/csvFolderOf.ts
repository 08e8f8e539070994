/** The folder of the CSV archive that a reading command is to ask, as `--archive` and `--archive-dir` say together. */
import * as Effect from "effect/Effect"
import { InvalidFlag } from "./InvalidFlag.ts"

export interface ReadArchiveFlags {
  readonly archive: "postgres" | "csv"
  readonly archiveDir: string | undefined
}

/**
 * Undefined: the archive is in Postgres.
 *
 * @param takenOut whether the command writes to `--out`, by which others call this folder
 */
export const csvFolderOf = (
  { archive, archiveDir }: ReadArchiveFlags,
  takenOut: boolean,
): Effect.Effect<string | undefined, InvalidFlag> => {
  if (archive === "csv" && archiveDir === undefined) {
    const hint = takenOut ? " (--out is the file to write)" : ""
    const reason = `needs --archive-dir DIR, the folder of the archive${hint}`
    return Effect.fail(new InvalidFlag({ flag: "--archive csv", reason }))
  }
  if (archive === "postgres" && archiveDir !== undefined)
    return Effect.fail(new InvalidFlag({ flag: "--archive-dir", reason: "goes with --archive csv" }))
  return Effect.succeed(archiveDir)
}
