import { describe, expect, it } from "vitest"
import { planBackfill, reasonToRead } from "./Plan.ts"
import type { LedgerDay } from "./Reading.ts"

const entry = (workDate: string, change: Partial<LedgerDay>): LedgerDay => ({
  workDate,
  state: "closed",
  proof: "single-page",
  apiTotal: 1,
  rowCount: 1,
  openRows: 0,
  rejectedRows: 0,
  requests: 1,
  pages: 1,
  readAt: 0,
  runId: "run",
  digest: "0",
  error: null,
  ...change,
})

const days = ["2021-09-10", "2021-09-11", "2021-09-12", "2021-09-13", "2021-09-14"].map((date, index) => ({
  date,
  start: index,
  end: index + 1,
}))

const ledger = [
  entry("2021-09-14", { error: "the connection was lost" }),
  entry("2021-09-12", { state: "open" }),
  entry("2021-09-11", {}),
  entry("2021-09-10", { state: "failed", error: "SliceUnproven" }),
  // Outside of the range that is planned.
  entry("2021-09-01", { state: "open" }),
]

describe("the plan of a backfill", () => {
  it("reads the days that are not closed, with the reason, in their order", () => {
    const plan = planBackfill(days, ledger, { refresh: false })
    expect(plan.read.map(({ day, reason }) => [day.date, reason])).toEqual([
      ["2021-09-10", "failed"],
      ["2021-09-12", "open"],
      ["2021-09-13", "new"],
      ["2021-09-14", "failed"],
    ])
    expect(plan.skipped).toEqual([days[1]])
  })

  it("reads all of them with --refresh", () => {
    const plan = planBackfill(days, ledger, { refresh: true })
    expect(plan.read.map(({ reason }) => reason)).toEqual(["failed", "refresh", "open", "new", "failed"])
    expect(plan.read.map(({ day }) => day)).toEqual(days)
    expect(plan.skipped).toEqual([])
  })

  it("reads everything where the ledger is empty, and nothing where there are no days", () => {
    expect(planBackfill(days, [], { refresh: false }).read.map(({ reason }) => reason)).toEqual(
      Array(5).fill("new"),
    )
    expect(planBackfill([], ledger, { refresh: true })).toEqual({ read: [], skipped: [] })
  })
})

it("a closed day whose last attempt failed is read, and says that it failed", () => {
  expect(reasonToRead(entry("2021-09-10", { error: "timeout" }), false)).toBe("failed")
  expect(reasonToRead(entry("2021-09-10", {}), false)).toBeUndefined()
  expect(reasonToRead(entry("2021-09-10", {}), true)).toBe("refresh")
  expect(reasonToRead(undefined, false)).toBe("new")
})
