/** What could not be understood, added up by the reason: rows, and the work days that they are of. */
import { compareUtf8 } from "@vodstation-etl/core/compareUtf8"

export interface ReasonCount {
  readonly reason: string
  readonly rows: number
  readonly days: number
  readonly firstDay: string
  readonly lastDay: string
}

/** Adds rows up by reason; days must come in order. */
export class ReasonCounts {
  private readonly byReason = new Map<string, ReasonCount>()

  add(reason: string, workDate: string, rows: number): void {
    const before = this.byReason.get(reason)
    this.byReason.set(reason, {
      reason,
      rows: (before?.rows ?? 0) + rows,
      days: (before?.days ?? 0) + (before?.lastDay === workDate ? 0 : 1),
      firstDay: before?.firstDay ?? workDate,
      lastDay: workDate,
    })
  }

  /** Those of most rows first, then by reason. */
  get all(): ReadonlyArray<ReasonCount> {
    return [...this.byReason.values()].toSorted((a, b) => b.rows - a.rows || compareUtf8(a.reason, b.reason))
  }
}
