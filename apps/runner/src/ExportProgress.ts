/** How far an export is: its rows, how quickly they come, and the time left where it is known how many there are. */
import { counted, grouped } from "./countInWords.ts"
import { durationInWords } from "./durationInWords.ts"
import type { SteadyTime } from "./SteadyTime.ts"
import { leftInWords, steadyTime } from "./SteadyTime.ts"

const [quote, lineFeed] = ['"'.charCodeAt(0), "\n".charCodeAt(0)]

export class ExportProgress {
  private readonly startedAt: number
  private readonly format: "csv" | "ndjson"
  private bytes = 0
  private lines: number
  private inQuotes = false
  private steady: SteadyTime | undefined
  private percentMade: (() => number | undefined) | undefined

  /** @param startedAt epoch ms. @param text what it looks like: that of Parquet is CSV without a header on its way */
  constructor(startedAt: number, text: { readonly format: "csv" | "ndjson"; readonly hasHeader: boolean }) {
    this.startedAt = startedAt
    this.format = text.format
    this.lines = text.hasHeader ? -1 : 0
  }

  /** Some more of the text came; a line feed within a cell of CSV ends no row. */
  came(chunk: Uint8Array): void {
    this.bytes += chunk.length
    const mayQuote = this.format === "csv"
    for (const byte of chunk) {
      if (byte === quote && mayQuote) this.inQuotes = !this.inQuotes
      else if (byte === lineFeed && !this.inQuotes) this.lines++
    }
  }

  /** All text has come, and Parquet is made of it, or of an archive whose rows do not come here. */
  making(percent: () => number | undefined): void {
    this.percentMade = percent
  }

  /**
   * `45,000 rows · 62,000 rows/s · 24.1 MB · about 5 s left`, then `90,000 rows · writing Parquet, 40 % · 3 s`.
   *
   * @param now epoch ms. @param expected how many rows there are, as far as that is known
   */
  inWords(now: number, expected: number | undefined): string {
    const rows = Math.max(0, this.lines)
    const elapsed = Math.max(1, now - this.startedAt)
    const inRows = counted(rows, "row")
    if (this.percentMade !== undefined) {
      const percent = this.percentMade()
      return [
        ...(this.bytes === 0 ? [] : [inRows]),
        `writing Parquet${percent === undefined ? "" : `, ${Math.floor(percent)} %`}`,
        durationInWords(elapsed),
      ].join(" · ")
    }
    const perSecond = Math.round((rows / elapsed) * 1000)
    const left = this.timeLeft(now, elapsed, expected)
    return [
      inRows,
      `${grouped(perSecond)} rows/s`,
      `${(this.bytes / 1e6).toFixed(1)} MB`,
      ...(left === undefined ? [] : [left]),
    ].join(" · ")
  }

  /** None before the first rows, which a server may sort for a while, nor beyond what was expected. */
  private timeLeft(now: number, elapsed: number, expected: number | undefined): string | undefined {
    if (expected === undefined || this.lines <= 0 || this.lines >= expected) return undefined
    this.steady = steadyTime(this.steady, (elapsed / this.lines) * (expected - this.lines), now)
    return leftInWords(this.steady, now)
  }
}
