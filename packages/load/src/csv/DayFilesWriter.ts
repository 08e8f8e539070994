/**
 * Writes the new files of a day into its staging folder, row by row in key order, and knows which of them differ from the
 * stored ones. History is opened only when there is some: then the stored history is copied along, each new state behind
 * those of its key.
 */
import type { StoredEncoding, SupersededEncoding } from "@vodstation-etl/core/Encoding"
import { compareKeys } from "@vodstation-etl/core/compareEncodings"
import type { ArchiveFolder, DayFile } from "./ArchiveFolder.ts"
import type { CsvDialect } from "./CsvDialect.ts"
import { CsvFileWriter } from "./CsvFileWriter.ts"
import { RowCursor } from "./RowCursor.ts"
import { encodingTable } from "./encodingTable.ts"
import type { EncodingFileRow } from "./encodingTable.ts"
import { fileExists } from "./fileExists.ts"
import { historyTable } from "./historyTable.ts"
import { provenanceTable } from "./provenanceTable.ts"
import type { ProvenanceRow } from "./provenanceTable.ts"
import { readCsvFile } from "./readCsvFile.ts"

interface HistoryWriter {
  readonly file: CsvFileWriter<SupersededEncoding>
  readonly stored: RowCursor<SupersededEncoding> | undefined
}

export class DayFilesWriter {
  private readonly folder: ArchiveFolder
  private readonly dialect: CsvDialect
  private readonly workDate: string
  private readonly encoding: CsvFileWriter<EncodingFileRow>
  private readonly provenance: CsvFileWriter<ProvenanceRow>
  private history: HistoryWriter | undefined = undefined

  private constructor(
    folder: ArchiveFolder,
    dialect: CsvDialect,
    workDate: string,
    encoding: CsvFileWriter<EncodingFileRow>,
    provenance: CsvFileWriter<ProvenanceRow>,
  ) {
    this.folder = folder
    this.dialect = dialect
    this.workDate = workDate
    this.encoding = encoding
    this.provenance = provenance
  }

  static async open(folder: ArchiveFolder, dialect: CsvDialect, workDate: string): Promise<DayFilesWriter> {
    const at = (file: DayFile) => folder.pendingFile(file, workDate)
    const encoding = await CsvFileWriter.create(at("encoding"), encodingTable(workDate), dialect)
    const provenance = await CsvFileWriter.create(
      at("encoding_provenance"),
      provenanceTable(workDate),
      dialect,
    )
    return new DayFilesWriter(folder, dialect, workDate, encoding, provenance)
  }

  addRow(row: StoredEncoding): void {
    this.encoding.add(row)
    this.provenance.add(row)
  }

  get isFull(): boolean {
    return this.encoding.isFull
  }

  async flush(): Promise<void> {
    await this.encoding.flush()
    await this.provenance.flush()
  }

  /** In key order, like the rows. */
  async addHistory(row: SupersededEncoding): Promise<void> {
    this.history ??= await this.openHistory()
    await copyHistory(this.history, (stored) => compareKeys(stored, row) <= 0)
    this.history.file.add(row)
    if (this.history.file.isFull) await this.history.file.flush()
  }

  /** Completes the files that are `wanted`, and those of the history if it grew; the others are left as drafts. */
  async finish(wanted: ReadonlySet<DayFile>): Promise<ReadonlyArray<DayFile>> {
    const written: Array<DayFile> = []
    const settle = async <A>(name: DayFile, file: CsvFileWriter<A>, isWanted: boolean) => {
      if (!isWanted) return file.abandon()
      await file.finish()
      written.push(name)
    }
    await settle("encoding", this.encoding, wanted.has("encoding"))
    await settle("encoding_provenance", this.provenance, wanted.has("encoding_provenance"))
    if (this.history !== undefined) {
      await copyHistory(this.history, () => true)
      await settle("encoding_history", this.history.file, true)
    }
    return written
  }

  /** Closes whatever is open. */
  async close(): Promise<void> {
    await this.encoding.abandon()
    await this.provenance.abandon()
    await this.history?.file.abandon()
    await this.history?.stored?.close()
  }

  private async openHistory(): Promise<HistoryWriter> {
    const table = historyTable(this.workDate)
    const stored = this.folder.dayFile("encoding_history", this.workDate)
    const file = await CsvFileWriter.create(
      this.folder.pendingFile("encoding_history", this.workDate),
      table,
      this.dialect,
    )
    return {
      file,
      stored: (await fileExists(stored))
        ? await RowCursor.open(readCsvFile(stored, table, this.dialect))
        : undefined,
    }
  }
}

/** Copies the stored history for as long as it is to stand before what comes next. */
const copyHistory = async (
  history: HistoryWriter,
  isBefore: (row: SupersededEncoding) => boolean,
): Promise<void> => {
  const { file, stored } = history
  if (stored === undefined) return
  for (let row = stored.row; row !== undefined && isBefore(row); row = stored.row) {
    file.add(row)
    if (file.isFull) await file.flush()
    if (!stored.step()) await stored.refill()
  }
}
