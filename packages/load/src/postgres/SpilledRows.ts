/**
 * The rows of a day too large for memory, as lines of `copyStaged.sql` in a file. From there they go to the staging table,
 * or straight into a day that holds no rows, whose lines have the same columns and a few before and after them.
 */
import type { Encoding } from "@vodstation-etl/core/Encoding"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { copyChunks, newDayEnds, stagedIdentity, stagedLine } from "./copyLines.ts"
import { SpillFile, type SpillFailed } from "./SpillFile.ts"
import { TwinSieve } from "./TwinSieve.ts"

/** When the rows were seen, and by which run. */
interface NewDayReading {
  readonly readAt: number
  readonly runId: string
}

export class SpilledRows {
  private readonly file: SpillFile
  private readonly sieve = new TwinSieve()
  /** How the lines of possible twins begin, byte by byte. */
  private readonly twins = new Set<string>()

  private constructor(file: SpillFile) {
    this.file = file
  }

  static readonly open: Effect.Effect<SpilledRows, SpillFailed, Scope.Scope> = Effect.map(
    SpillFile.open,
    (file) => new SpilledRows(file),
  )

  append(rows: ReadonlyArray<Encoding>): Effect.Effect<void, SpillFailed> {
    return Effect.suspend(() => {
      for (const row of rows) if (this.sieve.add(row)) this.twins.add(asBytes(stagedIdentity(row)))
      return this.file.append(copyChunks(rows.values().map(stagedLine())))
    })
  }

  get mayHoldTwins(): boolean {
    return this.twins.size > 0
  }

  /** For `copyStaged.sql`. */
  stagedLines(): AsyncIterable<Buffer> {
    return this.file.chunks()
  }

  /** For `copyStaged.sql`: the rows that may be twins. */
  async *twinLines(): AsyncGenerator<Buffer> {
    for await (const lines of this.lines())
      yield Buffer.concat(lines.filter((line) => this.isTwin(line)).flatMap((line) => [line, lineEnd]))
  }

  /** For `copyNewDay.sql`: all rows but those that may be twins. */
  async *newDayLines(workDate: string, reading: NewDayReading): AsyncGenerator<Buffer> {
    const ends = newDayEnds(workDate, reading)
    const [before, after] = [Buffer.from(ends.before), Buffer.from(ends.after)]
    for await (const lines of this.lines()) {
      const single = this.mayHoldTwins ? lines.filter((line) => !this.isTwin(line)) : lines
      yield Buffer.concat(single.flatMap((line) => [before, line, after]))
    }
  }

  private isTwin(line: Buffer): boolean {
    const category = line.indexOf(tab)
    const path = line.indexOf(tab, category + 1)
    return this.twins.has(line.toString("latin1", 0, line.indexOf(tab, path + 1)))
  }

  /** Without their ends, which are nowhere in a line. */
  private async *lines(): AsyncGenerator<Array<Buffer>> {
    let rest = Buffer.alloc(0)
    for await (const chunk of this.file.chunks()) {
      const text = Buffer.concat([rest, chunk])
      const lines: Array<Buffer> = []
      let from = 0
      for (let end = text.indexOf(newline); end !== -1; end = text.indexOf(newline, from)) {
        lines.push(text.subarray(from, end))
        from = end + 1
      }
      rest = text.subarray(from)
      yield lines
    }
  }
}

const tab = 0x09
const newline = 0x0a
const lineEnd = Buffer.from("\n")

/** UTF-8, a character a byte, as it can be taken from a line without reading it. */
const asBytes = (text: string): string => Buffer.from(text).toString("latin1")
