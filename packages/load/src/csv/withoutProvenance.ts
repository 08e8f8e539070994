/** Spares a question to a CSV archive the half of its files that it has no need of. */
import { encodingFileView } from "./archiveTables.ts"

const needsProvenance = /\b(raw|first_seen_at|changed_at|run_id)\b|SELECT \*/

/**
 * The same SELECT, over the files `encoding/DAY.csv` alone where it names no column of `encoding` that lies in the others, nor selects all
 * (`SELECT *`): then these need not be opened, and the two need not be joined.
 */
export const withoutProvenance = (select: string): string =>
  needsProvenance.test(select) ? select : select.replaceAll(/\bencoding\b/g, encodingFileView)
