/**
 * Writes one CSV file as a stream: rows are gathered, turned into text some hundred at a time, so that a merge need not wait
 * for a stream at every row, and written while the next ones are gathered.
 */
import * as fs from "node:fs/promises"
import type { CsvDialect } from "./CsvDialect.ts"
import type { CsvTable } from "./CsvTable.ts"
import { csvHeader, csvRows } from "./csvText.ts"

const rowsPerWrite = 500

export class CsvFileWriter<A> {
  private readonly handle: fs.FileHandle
  private readonly table: CsvTable<A>
  private readonly dialect: CsvDialect
  private rows: Array<A> = []
  private writing: Promise<void> = Promise.resolve()

  private constructor(handle: fs.FileHandle, table: CsvTable<A>, dialect: CsvDialect) {
    this.handle = handle
    this.table = table
    this.dialect = dialect
  }

  /** Makes the file, or empties it, and writes its header. */
  static async create<A>(path: string, table: CsvTable<A>, dialect: CsvDialect): Promise<CsvFileWriter<A>> {
    const writer = new CsvFileWriter(await fs.open(path, "w"), table, dialect)
    writer.write(csvHeader(table.columns, dialect))
    return writer
  }

  add(row: A): void {
    this.rows.push(row)
  }

  /** Whether it is time to `flush`, so that memory does not grow with the file. */
  get isFull(): boolean {
    return this.rows.length >= rowsPerWrite
  }

  /** Hands what was gathered to the disk; waits for what was handed to it before. */
  async flush(): Promise<void> {
    const text = this.rows.length === 0 ? "" : csvRows(this.table, this.dialect, this.rows)
    this.rows = []
    await this.writing
    if (text !== "") this.write(text)
  }

  /** Writes the rest, and waits until all of it is on the disk itself. */
  async finish(): Promise<void> {
    await this.flush()
    await this.writing
    await this.handle.sync()
    await this.handle.close()
  }

  /** Closes the file as it is. Does nothing to a finished one. */
  async abandon(): Promise<void> {
    await this.writing.catch(() => undefined)
    await this.handle.close().catch(() => undefined)
  }

  private write(text: string): void {
    this.writing = this.handle.appendFile(text)
    // The failure is met by whoever awaits `writing` next; until then it must not count as unhandled.
    this.writing.catch(() => undefined)
  }
}
