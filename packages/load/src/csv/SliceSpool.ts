/**
 * The incoming rows of one day, in any order in and by identity out, without memory growing with the day: what is gathered
 * is sorted and written out as a run whenever it has become much, and the runs are merged when they are read. A day of
 * ordinary size is never written out at all.
 */
import * as fs from "node:fs/promises"
import * as Context from "effect/Context"
import type { Encoding } from "@vodstation-etl/core/Encoding"
import { compareIdentities } from "@vodstation-etl/core/compareEncodings"
import { mergeRuns } from "./mergeRuns.ts"
import { packRow, unpackRow } from "./packedRow.ts"
import type { PackedRow } from "./packedRow.ts"

interface Block {
  readonly position: number
  readonly length: number
}

/** How many rows are gathered before they are written out as a run. */
export const RowsPerRun = Context.Reference<number>("@vodstation-etl/load/csv/RowsPerRun", {
  defaultValue: () => 25_000,
})

/** In characters of the rows' longest texts: rows that keep their JSON are large. */
const textPerRun = 8_000_000
const rowsPerBlock = 128
const textPerBlock = 128_000

export class SliceSpool {
  /** How many rows were added. */
  rowCount = 0
  private readonly path: string
  private readonly rowsPerRun: number
  private gathered: Array<Encoding> = []
  private gatheredText = 0
  private handle: fs.FileHandle | undefined = undefined
  private end = 0
  private readonly runs: Array<Array<Block>> = []

  /** @param path where runs go if they must; its folder exists */
  constructor(path: string, rowsPerRun: number) {
    this.path = path
    this.rowsPerRun = rowsPerRun
  }

  /** One call at a time. */
  async add(rows: ReadonlyArray<Encoding>): Promise<void> {
    for (const row of rows) {
      this.gathered.push(row)
      this.gatheredText += textOf(row)
      if (this.gathered.length >= this.rowsPerRun || this.gatheredText >= textPerRun) await this.writeRun()
    }
    this.rowCount += rows.length
  }

  /** All rows by identity, in batches; those of one identity in any order. Again gives them again. */
  rows(): AsyncGenerator<Array<Encoding>> {
    this.gathered.sort(compareIdentities)
    return mergeRuns(
      [oneBatch(this.gathered), ...this.runs.map((run) => this.readRun(run))],
      compareIdentities,
    )
  }

  async close(): Promise<void> {
    this.gathered = []
    await this.handle?.close()
    this.handle = undefined
  }

  private async writeRun(): Promise<void> {
    const rows = this.gathered.toSorted(compareIdentities)
    this.gathered = []
    this.gatheredText = 0
    this.handle ??= await fs.open(this.path, "w+")
    const run: Array<Block> = []
    for (let from = 0; from < rows.length;) {
      const packed: Array<PackedRow> = []
      for (let text = 0; from < rows.length && packed.length < rowsPerBlock && text < textPerBlock; from++) {
        text += textOf(rows[from]!)
        packed.push(packRow(rows[from]!))
      }
      const bytes = Buffer.from(JSON.stringify(packed))
      await this.handle.appendFile(bytes)
      run.push({ position: this.end, length: bytes.length })
      this.end += bytes.length
    }
    this.runs.push(run)
  }

  private async *readRun(run: ReadonlyArray<Block>): AsyncGenerator<Array<Encoding>> {
    for (const { position, length } of run) {
      const buffer = Buffer.allocUnsafe(length)
      let read = 0
      while (read < length) {
        const { bytesRead } = await this.handle!.read(buffer, read, length - read, position + read)
        if (bytesRead === 0) throw new Error("what was staged of this day is no longer there")
        read += bytesRead
      }
      const packed: Array<PackedRow> = JSON.parse(buffer.toString())
      yield packed.map(unpackRow)
    }
  }
}

const textOf = (row: Encoding): number =>
  row.filePath.length + (row.link?.length ?? 0) + (row.raw?.length ?? 0)

async function* oneBatch<A>(rows: Array<A>): AsyncGenerator<Array<A>> {
  yield rows
}
