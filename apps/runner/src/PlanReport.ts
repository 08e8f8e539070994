/** What `plan` tells: the days that would be read and why, as one JSON object or in words. */
import type { Plan, ReadReason } from "@vodstation-etl/core/Plan"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import type { WorkDay } from "@vodstation-etl/core/WorkDay"
import { counted, grouped } from "./countInWords.ts"
import { tableOf } from "./tableOf.ts"

/** A day of the plan. */
interface PlannedDayReport {
  readonly day: string
  readonly reason: ReadReason
  /** When it was last read, ISO 8601; null where it never was. */
  readonly readAt: string | null
  /** Rows, rejects not counted, that the last reading found. */
  readonly rows: number | null
  /** Why the last attempt failed. */
  readonly error: string | null
  /** Whether the day is over and has settled, so that reading it can close it. */
  readonly canClose: boolean
  /** With `--probe`: how many rows the API says that the day holds; null where it did not say. */
  readonly total?: number | null
}

/** The shape of `plan --json`: keys may be added, never renamed. */
export interface PlanReport {
  readonly command: "plan"
  readonly of: "backfill" | "nightly"
  readonly archive: string
  readonly timeZone: string
  readonly days: ReadonlyArray<PlannedDayReport>
  /** Closed days that are left alone. */
  readonly skipped: number
  /** Closed days of which `nightly` asks first whether they have changed; only without `--probe`, which asks that itself. */
  readonly toAsk: number
  /** With `--probe`: how many requests the reading takes at least. */
  readonly requests: number | null
}

export interface PlanFacts extends Pick<PlanReport, "of" | "archive" | "timeZone" | "toAsk"> {
  readonly plan: Plan
  readonly ledger: ReadonlyArray<LedgerDay>
  /** Epoch ms. */
  readonly now: number
  readonly settleMs: number
  /** What the API says of the days, by date; undefined where it was not asked. */
  readonly totals: ReadonlyMap<string, number | null> | undefined
  readonly pageSize: number
  /** Width of a cell of the grid, ms; undefined for the whole day. */
  readonly resolution: number | undefined
}

export const planReport = (facts: PlanFacts): PlanReport => {
  const { of, archive, timeZone, toAsk, plan, ledger, now, settleMs, totals } = facts
  const known = new Map(ledger.map((entry) => [entry.workDate, entry]))
  const days = plan.read.map(({ day, reason }): PlannedDayReport => {
    const entry = known.get(day.date)
    const readAt = entry?.readAt ?? null
    return {
      day: day.date,
      reason,
      readAt: readAt === null ? null : new Date(readAt).toISOString(),
      rows: entry?.rowCount ?? null,
      error: entry?.error ?? null,
      canClose: day.end + settleMs <= now,
      ...(totals === undefined ? {} : { total: totals.get(day.date) ?? null }),
    }
  })
  const requests =
    totals === undefined
      ? null
      : plan.read.reduce((sum, { day }) => sum + requestsFor(day, totals.get(day.date) ?? 0, facts), 0)
  return { command: "plan", of, archive, timeZone, days, skipped: plan.skipped.length, toAsk, requests }
}

/** Requests where nothing moves: the pages of each cell, or one past a last page that is full. */
const requestsFor = (
  day: WorkDay,
  total: number,
  { pageSize, resolution }: Pick<PlanFacts, "pageSize" | "resolution">,
): number => {
  const cells = resolution === undefined ? 1 : Math.ceil((day.end - day.start) / resolution)
  return cells + Math.floor(total / pageSize)
}

const reasonInWords: Record<ReadReason, string> = {
  new: "not read yet",
  open: "open",
  failed: "last attempt failed",
  changed: "total has changed",
  refresh: "closed, read again",
  differs: "unlike the API",
}

/** @param columns of the terminal, where there is one */
export const planInWords = (report: PlanReport, columns?: number): string => {
  const skipped = report.skipped === 0 ? "" : `; ${counted(report.skipped, "day")} closed and left alone`
  const probed = report.requests !== null
  const lines = [
    `${report.of} would read ${counted(report.days.length, "day")} into ${report.archive}${skipped}`,
  ]
  if (report.days.length > 0) {
    lines.push(
      "",
      tableOf(
        ["day", "why", "last read", "rows then", ...(probed ? ["rows now"] : [])],
        report.days.map((day) => [
          day.day,
          reasonInWords[day.reason],
          day.readAt === null ? null : `${day.readAt.slice(0, 16)}Z`,
          day.rows,
          ...(probed ? [day.total ?? null] : []),
        ]),
        columns,
      ),
    )
  }
  const unsettled = report.days.filter(({ canClose }) => !canClose).map(({ day }) => day)
  if (unsettled.length > 0) lines.push("", `Not settled yet, and open afterwards: ${unsettled.join(", ")}`)
  const failed = report.days.filter(({ error }) => error !== null)
  if (failed.length > 0) lines.push("", ...failed.map(({ day, error }) => `${day}  ${error}`))
  if (report.toAsk > 0) {
    lines.push(
      "",
      `It asks first whether the ${counted(report.toAsk, "day")} closed lately still have their totals.`,
    )
  }
  if (report.requests !== null) {
    lines.push("", `That takes some ${grouped(report.requests)} requests, and more where the list moves.`)
  }
  return lines.join("\n")
}
