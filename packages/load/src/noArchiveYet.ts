/** There is nothing to be read, since no run has made the archive yet. */
import { ArchiveUnusable } from "./ArchiveError.ts"

/** @param csvFolder of a CSV archive, as the reader is to write it; undefined: Postgres */
export const noArchiveYet = (place: string, csvFolder?: string): ArchiveUnusable =>
  new ArchiveUnusable({ archive: place, reason: "there is no archive yet", cure: howToMakeOne(csvFolder) })

/** The command that makes an archive where there is none. */
export const howToMakeOne = (csvFolder?: string): string =>
  `Make one with: vodstation-etl backfill --from -7d${csvFolder === undefined ? "" : ` --archive csv --out ${csvFolder}`}`
