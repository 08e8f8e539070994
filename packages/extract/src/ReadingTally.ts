/** What a reading amounts to, counted while it goes on. */
import { isTerminal } from "@vodstation-etl/core/Encoding"
import type { DayReading, Proof } from "@vodstation-etl/core/Reading"
import { SnapshotDigest } from "@vodstation-etl/core/SnapshotDigest"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import type { StatusPage } from "./Gateway.ts"
import type { PageRows } from "./ReadPage.ts"
import type { Slice } from "./Slice.ts"
import { weakerProof } from "./proveSlice.ts"
import type { ProvenSlice } from "./SliceSource.ts"

export class ReadingTally {
  private readonly digest = new SnapshotDigest()
  private proof: Proof = "single-page"
  private strong = true
  private everySliceIsOnePage = true
  private rowCount = 0
  private openRows = 0
  private rejectedRows = 0
  private requests = 0
  private pages = 0
  private readAt: number | undefined
  readonly slices: Array<{ readonly slice: Slice; readonly total: number }> = []

  asked(page: StatusPage): void {
    this.pages++
    this.requests += page.attempts
    this.readAt = Math.min(this.readAt ?? page.at, page.at)
  }

  askedTotal(): void {
    this.requests++
  }

  proven({ slice, total, proof }: ProvenSlice): void {
    this.slices.push({ slice, total })
    this.proof = weakerProof(this.proof, proof)
    this.everySliceIsOnePage &&= proof === "single-page"
    if (proof === "count") this.strong = false
  }

  /** Takes in the rows of a page of a slice that is proven so. */
  read({ rows, rejectedRows }: PageRows, proof: Proof): void {
    let open = 0
    for (const row of rows) {
      if (!isTerminal(row)) open++
      this.digest.addRow(row)
    }
    for (const reject of rejectedRows) this.digest.addReject(reject)
    if (proof === "pigeonhole" && open > 0) this.strong = false
    this.rowCount += rows.length
    this.openRows += open
    this.rejectedRows += rejectedRows.length
  }

  reading(
    day: WorkDay,
    seen: {
      readonly apiTotal: number
      readonly now: number
      readonly begun: boolean
      readonly settle: number
    },
  ): DayReading {
    // What was asked for ends by `now`: where answers turn out to be of a later time, the reading is not, or its day would be
    // taken for read to its end, and it for a later one than those that have seen more of the day.
    const readAt = Math.min(seen.now, this.readAt ?? seen.now)
    const settled = readAt >= day.end + seen.settle
    return {
      workDate: day.date,
      readAt,
      proof: this.proof,
      strong: this.strong && seen.begun && (settled || this.everySliceIsOnePage),
      settled,
      apiTotal: seen.apiTotal,
      rowCount: this.rowCount,
      openRows: this.openRows,
      rejectedRows: this.rejectedRows,
      requests: this.requests,
      pages: this.pages,
      digest: this.digest.toString(),
    }
  }
}
