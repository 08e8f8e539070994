/** What `plan` tells of the days to be read. */
import { describe, expect, it } from "vitest"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import type { PlanFacts } from "./PlanReport.ts"
import { planInWords, planReport } from "./PlanReport.ts"

const hour = 3_600_000
const startOf = (date: string) => Date.parse(`${date}T00:00:00Z`)
const day = (date: string) => ({ date, start: startOf(date), end: startOf(date) + 24 * hour })
const entry = (workDate: string, change: Partial<LedgerDay>): LedgerDay => ({
  workDate,
  state: "open",
  proof: "single-page",
  apiTotal: 1234,
  rowCount: 1234,
  openRows: 1,
  rejectedRows: 0,
  requests: 1,
  pages: 1,
  readAt: startOf("2021-09-12") + hour,
  runId: "run",
  digest: "0",
  error: null,
  ...change,
})

const facts: PlanFacts = {
  of: "nightly",
  archive: "./archive",
  timeZone: "UTC",
  toAsk: 28,
  plan: {
    read: [
      { day: day("2021-09-10"), reason: "open" },
      { day: day("2021-09-11"), reason: "failed" },
      { day: day("2021-09-12"), reason: "new" },
    ],
    skipped: [day("2021-09-09")],
  },
  ledger: [
    entry("2021-09-10", {}),
    entry("2021-09-11", { state: "failed", rowCount: null, readAt: null, error: "Throttled: slower" }),
  ],
  now: startOf("2021-09-12") + 2 * hour,
  settleMs: 2 * hour,
  totals: undefined,
  pageSize: 1000,
  resolution: undefined,
}

describe("the plan", () => {
  it("tells every day with its reason, what is known of it, and whether it can close now", () => {
    expect(planReport(facts)).toEqual({
      command: "plan",
      of: "nightly",
      archive: "./archive",
      timeZone: "UTC",
      days: [
        {
          day: "2021-09-10",
          reason: "open",
          readAt: "2021-09-12T01:00:00.000Z",
          rows: 1234,
          error: null,
          canClose: true,
        },
        {
          day: "2021-09-11",
          reason: "failed",
          readAt: null,
          rows: null,
          error: "Throttled: slower",
          canClose: true,
        },
        { day: "2021-09-12", reason: "new", readAt: null, rows: null, error: null, canClose: false },
      ],
      skipped: 1,
      toAsk: 28,
      requests: null,
    })
    const sooner = planReport({ ...facts, settleMs: 2 * hour + 1 })
    expect(sooner.days.map(({ canClose }) => canClose)).toEqual([true, false, false])
  })

  it("tells, probed, what the API says that the days hold, and how many requests they take", () => {
    const totals = new Map([
      ["2021-09-10", 2500],
      ["2021-09-11", 1000],
      ["2021-09-12", null],
    ])
    const probed = planReport({ ...facts, totals })
    expect(probed.days.map(({ total }) => total)).toEqual([2500, 1000, null])
    // Three pages, one and the empty one behind it, and one at least.
    expect(probed.requests).toBe(3 + 2 + 1)
    expect(planReport({ ...facts, totals, resolution: hour }).requests).toBe(26 + 25 + 24)
  })

  it("is a table for people", () => {
    const lines = planInWords(planReport(facts))
      .split("\n")
      .map((line) => line.replaceAll(/[│\s]+/g, " ").trim())
    expect(lines[0]).toBe("nightly would read 3 days into ./archive; 1 day closed and left alone")
    expect(lines).toEqual(
      expect.arrayContaining([
        "2021-09-10 open 2021-09-12T01:00Z 1,234",
        "2021-09-11 last attempt failed",
        "2021-09-12 not read yet",
        "Not settled yet, and open afterwards: 2021-09-12",
        "2021-09-11 Throttled: slower",
        "It asks first whether the 28 days closed lately still have their totals.",
      ]),
    )
  })

  it("fits into a terminal of 80 columns, a line a day", () => {
    const rows = 1_234_567
    const planned = {
      ...facts,
      ledger: [entry("2021-09-10", { rowCount: rows }), entry("2021-09-11", { rowCount: rows })],
      totals: new Map(facts.plan.read.map(({ day }) => [day.date, rows])),
    }
    for (const reason of ["new", "open", "failed", "changed", "refresh", "differs"] as const) {
      const read = planned.plan.read.map(({ day }) => ({ day, reason }))
      const text = planInWords(planReport({ ...planned, plan: { ...planned.plan, read } }), 80)
      const table = text.split("\n").filter((line) => /[│┌├└]/.test(line))
      expect(table).toHaveLength(7)
      for (const line of table) expect(line.length).toBeLessThanOrEqual(80)
    }
  })

  it("says so where there is nothing to read", () => {
    const nothing = planReport({ ...facts, of: "backfill", toAsk: 0, plan: { read: [], skipped: [] } })
    expect(planInWords(nothing)).toBe("backfill would read 0 days into ./archive")
  })
})
