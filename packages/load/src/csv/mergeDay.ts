/**
 * Merges what was staged of a day with its stored files, identity by identity (core, `mergeIdentity`): both sides come
 * sorted, so that only the rows of one identity are in memory at a time.
 */
import type { Encoding, StoredEncoding } from "@vodstation-etl/core/Encoding"
import type { MergeCounts } from "@vodstation-etl/core/MergeCounts"
import { compareIdentities } from "@vodstation-etl/core/compareEncodings"
import { insertedRow, mergeIdentity } from "@vodstation-etl/core/mergeIdentity"
import type { MergedIdentity, MergeReading } from "@vodstation-etl/core/mergeIdentity"
import type { ArchiveFolder, DayFile } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { DayFilesWriter } from "./DayFilesWriter.ts"
import { RowCursor } from "./RowCursor.ts"
import { fileExists } from "./fileExists.ts"
import { readStoredDay } from "./readStoredDay.ts"

export interface MergedDay {
  readonly counts: MergeCounts
  /** The files that differ from the stored ones: they lie, synced, in the day's staging folder. */
  readonly written: ReadonlyArray<DayFile>
  /** Rows that the day holds from now on. */
  readonly rowCount: number
  /** Rows that it held before, without those that the API had forgotten already. */
  readonly stored: number
}

/**
 * Writes the day's new files into its staging folder, which exists; those of a merge before are written over or left, and
 * only what is told as `written` counts. Touches nothing else.
 */
export const mergeDay = async (
  folder: ArchiveFolder,
  dialect: CsvDialect,
  workDate: string,
  incomingRows: AsyncIterable<ReadonlyArray<Encoding>>,
  reading: MergeReading,
  signal: AbortSignal,
): Promise<MergedDay> => {
  const opened: Array<{ readonly close: () => Promise<void> }> = []
  const keep = <A extends { readonly close: () => Promise<void> }>(resource: A): A => {
    opened.push(resource)
    return resource
  }
  try {
    const files = keep(await DayFilesWriter.open(folder, dialect, workDate))
    const stored = keep(await RowCursor.open(readStoredDay(folder, dialect, workDate)))
    const incoming = keep(await RowCursor.open(incomingRows))
    const tally = new MergeTally()
    while (stored.row !== undefined || incoming.row !== undefined) {
      const olds: Array<StoredEncoding> = []
      const news: Array<Encoding> = []
      const identity = firstOf(stored.row, incoming.row)
      while (stored.row !== undefined && compareIdentities(stored.row, identity) === 0) {
        olds.push(stored.row)
        if (!stored.step()) await stored.refill()
      }
      while (incoming.row !== undefined && compareIdentities(incoming.row, identity) === 0) {
        news.push(incoming.row)
        if (!incoming.step()) await incoming.refill()
      }
      const merged = mergeRows(olds, news, reading)
      tally.add(olds, news.length, merged)
      for (const row of sortedRows(merged)) files.addRow(row)
      for (const row of sortedHistory(merged)) await files.addHistory(row)
      if (files.isFull) {
        signal.throwIfAborted()
        await files.flush()
      }
    }
    const isNew = !(await fileExists(folder.dayFile("encoding", workDate)))
    const wanted = new Set<DayFile>()
    if (isNew || tally.encodingDiffers) wanted.add("encoding")
    if (isNew || tally.provenanceDiffers) wanted.add("encoding_provenance")
    const { counts, rowCount, stored: storedRows } = tally
    return { counts, written: await files.finish(wanted), rowCount, stored: storedRows }
  } finally {
    for (const resource of opened.toReversed()) await resource.close()
  }
}

/** `mergeIdentity`, without its search for pairs where there is nothing to pair: most rows of a new day. */
const mergeRows = (
  olds: ReadonlyArray<StoredEncoding>,
  news: ReadonlyArray<Encoding>,
  reading: MergeReading,
): MergedIdentity =>
  olds.length === 0 && news.length === 1
    ? {
        rows: [{ row: insertedRow(news[0]!, 1, reading), fate: "inserted" }],
        superseded: [],
        withdrawn: [],
      }
    : mergeIdentity(olds, news, reading)

const firstOf = (a: Encoding | undefined, b: Encoding | undefined): Encoding =>
  a === undefined || (b !== undefined && compareIdentities(b, a) < 0) ? b! : a

const sortedRows = ({ rows }: MergedIdentity): ReadonlyArray<StoredEncoding> =>
  rows.length === 1
    ? [rows[0]!.row]
    : rows.map(({ row }) => row).toSorted((a, b) => a.occurrence - b.occurrence)

const sortedHistory = ({ superseded, withdrawn }: MergedIdentity) =>
  superseded.length + withdrawn.length === 0
    ? []
    : [...superseded, ...withdrawn].toSorted((a, b) => a.occurrence - b.occurrence)

class MergeTally {
  rowCount = 0
  stored = 0
  encodingDiffers = false
  provenanceDiffers = false
  private inserted = 0
  private changed = 0
  private missing = 0
  private withdrawn = 0
  private seen = 0

  add(olds: ReadonlyArray<StoredEncoding>, incoming: number, merged: MergedIdentity): void {
    this.seen += incoming
    for (const { missingSince } of olds) if (missingSince === null) this.stored++
    this.rowCount += merged.rows.length
    this.withdrawn += merged.withdrawn.length
    if (merged.withdrawn.length > 0) this.encodingDiffers = this.provenanceDiffers = true
    for (const { fate } of merged.rows) {
      if (fate === "unchanged") continue
      this.encodingDiffers = true
      if (fate === "inserted") this.inserted++
      else if (fate === "changed") this.changed++
      else if (fate === "missing") this.missing++
      if (fate === "inserted" || fate === "changed") this.provenanceDiffers = true
    }
  }

  get counts(): MergeCounts {
    const { inserted, changed, missing, withdrawn } = this
    // A row that the API forgot before is unchanged too, but it was not seen again.
    return { inserted, changed, unchanged: this.seen - inserted - changed, missing, withdrawn }
  }
}
