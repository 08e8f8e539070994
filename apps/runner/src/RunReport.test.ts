import { describe, expect, it } from "vitest"
import type { RunReport } from "./RunReport.ts"
import { reportInWords } from "./RunReport.ts"

const nothing: RunReport = {
  ...{ command: "backfill", runId: "r", outcome: "complete", seconds: 4.23, requests: 66, retries: 0 },
  days: { planned: 0, skipped: 0, closed: 0, open: 0, failed: 0 },
  rows: { read: 0, inserted: 0, changed: 0, unchanged: 0, missing: 0, withdrawn: 0, rejected: 0 },
  problems: [],
}

describe("the report of a run, in words", () => {
  it("counts what happened, and says nothing of what did not", () => {
    const report = {
      ...nothing,
      days: { planned: 31, skipped: 0, closed: 25, open: 6, failed: 0 },
      rows: { ...nothing.rows, read: 111_169, inserted: 111_169, rejected: 31 },
    }
    expect(reportInWords(report).split("\n")).toEqual([
      "backfill complete in 4.2 s",
      "  days  31 days planned: 25 closed, 6 open",
      "  rows  111,169 rows read: 111,169 new; 31 more could not be understood",
      "  API   66 requests",
    ])
  })

  it("says how many days an interrupted run did not get to", () => {
    const days = { planned: 52, skipped: 3, closed: 10, open: 2, failed: 0 }
    expect(reportInWords({ ...nothing, outcome: "interrupted", days })).toContain(
      "52 days planned: 10 closed, 2 open, 3 skipped as closed before, 37 not reached\n",
    )
  })

  it("counts nothing where there was nothing", () => {
    expect(reportInWords(nothing)).toContain("  days  0 days planned\n  rows  0 rows read\n")
  })

  it("ends with the problems, by their names", () => {
    const problems = [{ day: "2026-08-05", error: "SliceUnproven", message: "The list moved." }]
    expect(reportInWords({ ...nothing, outcome: "incomplete", retries: 1, problems })).toMatch(
      /\n {2}API {3}66 requests, 1 of them repeated\n {2}SliceUnproven on 2026-08-05: The list moved\.$/,
    )
  })
  it("says once what befell several days alike", () => {
    const gone = { error: "NetworkFailed", message: "No answer." }
    const problems = [
      { day: "2026-08-05", ...gone },
      { day: "2026-08-06", error: "SliceUnproven", message: "2026-08-06: the list moved." },
      { day: "2026-08-09", ...gone },
      { day: null, ...gone },
    ]
    expect(
      reportInWords({ ...nothing, outcome: "incomplete", problems })
        .split("\n")
        .slice(4),
    ).toEqual([
      "  NetworkFailed on 2 days, 2026-08-05 to 2026-08-09: No answer.",
      "  SliceUnproven: 2026-08-06: the list moved.",
      "  NetworkFailed: No answer.",
    ])
  })
})
