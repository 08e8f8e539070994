/** There is nothing to be read, since no run has made the archive yet. */
import { ArchiveUnusable } from "./ArchiveError.ts"

export const noArchiveYet = (place: string): ArchiveUnusable =>
  new ArchiveUnusable({
    archive: place,
    reason: "there is no archive yet",
    cure: "Make one with: vodstation-etl backfill --from -7d",
  })
