/** The report of a run: what `--json` prints as one object on standard output, and what people read instead. */
import type { MergeCounts } from "@vodstation-etl/core/MergeCounts"
import { addMergeCounts, noMergeCounts } from "@vodstation-etl/core/MergeCounts"
import type { DayReading } from "@vodstation-etl/core/Reading"
import type { Outcome, RunEnd, RunStart } from "@vodstation-etl/core/RunRecord"
import { counted, grouped } from "./countInWords.ts"
import { daysInWords } from "./daysInWords.ts"
import { countDays, countRows } from "./runCounters.ts"

export interface Problem {
  /** The day concerned; null for what concerns the whole run. */
  readonly day: string | null
  /** The name of the error (docs/errors.md). */
  readonly error: string
  readonly message: string
}

/** The shape of the `--json` report: keys may be added, never renamed. */
export interface RunReport {
  readonly command: string
  readonly runId: string
  readonly outcome: Outcome
  readonly days: RunEnd["days"]
  readonly rows: RunEnd["rows"]
  readonly requests: number
  readonly retries: number
  readonly seconds: number
  readonly problems: ReadonlyArray<Problem>
}

/** Counts a run while it goes on. */
export class RunTally {
  private days = { planned: 0, skipped: 0, closed: 0, open: 0, failed: 0 }
  private rows = { read: 0, rejected: 0 }
  private merged: MergeCounts = noMergeCounts
  private doubts = 0
  readonly problems: Array<Problem> = []

  planned(read: number, skipped: number): void {
    this.days.planned = read + skipped
    this.days.skipped = skipped
    countDays("skipped", skipped)
  }

  skipped(): void {
    this.days.skipped++
    countDays("skipped")
  }

  loaded(reading: DayReading, state: "open" | "closed", counts: MergeCounts): void {
    this.days[state]++
    this.rows.read += reading.rowCount
    this.rows.rejected += reading.rejectedRows
    this.merged = addMergeCounts(this.merged, counts)
    countDays(state)
    countRows({ read: reading.rowCount, ...counts, rejected: reading.rejectedRows })
  }

  failed(problem: Problem): void {
    this.days.failed++
    countDays("failed")
    this.problems.push(problem)
  }

  /** A day that was loaded, and is not to be believed before another run has read it. */
  doubted(problem: Problem): void {
    this.doubts++
    this.problems.push(problem)
  }

  /** What ended the whole run; no day's own failure. */
  stopped(problem: Problem): void {
    this.problems.push(problem)
  }

  /** Whether a day failed or is in doubt. */
  get isIncomplete(): boolean {
    return this.days.failed + this.doubts > 0
  }

  end(
    outcome: Outcome,
    finishedAt: number,
    stats: { readonly requests: number; readonly retries: number },
  ): RunEnd {
    return {
      finishedAt,
      outcome,
      days: { ...this.days },
      rows: { read: this.rows.read, ...this.merged, rejected: this.rows.rejected },
      requests: stats.requests,
      retries: stats.retries,
    }
  }
}

export const runReport = (start: RunStart, end: RunEnd, problems: ReadonlyArray<Problem>): RunReport => ({
  command: start.command,
  runId: start.runId,
  outcome: end.outcome,
  days: end.days,
  rows: end.rows,
  requests: end.requests,
  retries: end.retries,
  seconds: Math.round(end.finishedAt - start.startedAt) / 1000,
  problems: problems.toSorted((a, b) => ((a.day ?? "~") < (b.day ?? "~") ? -1 : 1)),
})

/** The report in words, one line a matter; of what did not happen nothing is said. */
export const reportInWords = (report: RunReport): string => {
  const { days, rows } = report
  const notReached = days.planned - days.closed - days.open - days.failed - days.skipped
  const ofDays = splitInWords([
    [days.closed, "closed"],
    [days.open, "open"],
    [days.failed, "failed"],
    [days.skipped, "skipped as closed before"],
    [notReached, "not reached"],
  ])
  const ofRows = splitInWords([
    [rows.inserted, "new"],
    [rows.changed, "changed"],
    [rows.unchanged, "unchanged"],
    [rows.missing, "forgotten by the API"],
    [rows.withdrawn, "withdrawn"],
  ])
  const lines = [
    `${report.command} ${report.outcome} in ${report.seconds.toFixed(1)} s`,
    `  days  ${counted(days.planned, "day")} planned${ofDays}`,
    `  rows  ${counted(rows.read, "row")} read${ofRows}${rows.rejected === 0 ? "" : `; ${grouped(rows.rejected)} more could not be understood`}`,
    `  API   ${counted(report.requests, "request")}${report.retries === 0 ? "" : `, ${grouped(report.retries)} of them repeated`}`,
  ]
  return [...lines, ...problemsInWords(report.problems).map((line) => `  ${line}`)].join("\n")
}

/** `: 25 closed, 6 open`, without what there is none of. */
const splitInWords = (parts: ReadonlyArray<readonly [number, string]>): string => {
  const some = parts.filter(([value]) => value > 0).map(([value, what]) => `${grouped(value)} ${what}`)
  return some.length === 0 ? "" : `: ${some.join(", ")}`
}

/** One line for what befell several days alike, as when the network is gone for an hour. */
const problemsInWords = (problems: ReadonlyArray<Problem>): ReadonlyArray<string> => {
  const alike = Map.groupBy(problems, ({ day, error, message }) =>
    JSON.stringify([day === null, error, message]),
  )
  return [...alike.values()].map((same) => {
    const { day, error, message } = same[0]!
    // The name of an error is where docs/errors.md tells of it; some say themselves which day it was.
    if (day === null || message.startsWith(day)) return `${error}: ${message}`
    return `${error} on ${daysInWords(same.length, day, same.at(-1)!.day ?? day)}: ${message}`
  })
}
