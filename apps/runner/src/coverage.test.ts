/** What `status` says of an archive, from its ledger alone. */
import { entry } from "@vodstation-etl/core/ledger.fixture"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import { describe, expect, it } from "vitest"
import { coverageOf } from "./coverage.ts"

const neverLoaded = (workDate: string, error: string): LedgerDay =>
  entry(workDate, { state: "failed", proof: null, rowCount: null, openRows: null, rejectedRows: null, error })

const today = "2021-10-20"

describe("coverageOf", () => {
  it("says of an empty archive that there is nothing", () => {
    expect(coverageOf([], today)).toEqual({
      firstDay: null,
      lastDay: null,
      closed: 0,
      open: 0,
      failed: 0,
      missing: 0,
      rows: 0,
      rejected: 0,
      gaps: [],
      failures: [],
      weak: [],
      stuck: [],
    })
  })

  it("counts days by their state, and rows and rejects over all of them", () => {
    const coverage = coverageOf(
      [
        entry("2021-10-17", { rejectedRows: 3 }),
        entry("2021-10-18", { rowCount: 5 }),
        neverLoaded("2021-10-19", "Throttled: slower"),
        entry("2021-10-20", { state: "open", openRows: 2 }),
      ],
      today,
    )
    expect(coverage).toMatchObject({ firstDay: "2021-10-17", lastDay: "2021-10-20", missing: 0, gaps: [] })
    expect(coverage).toMatchObject({ closed: 2, open: 1, failed: 1, rows: 25, rejected: 3 })
  })

  it("finds the days between the first and the last one that were never asked for, over ends of months", () => {
    const coverage = coverageOf([entry("2021-09-28"), entry("2021-09-30"), entry("2021-10-04")], today)
    expect(coverage.gaps).toEqual([
      { from: "2021-09-29", to: "2021-09-29" },
      { from: "2021-10-01", to: "2021-10-03" },
    ])
    expect(coverage.missing).toBe(4)
  })

  it("names the days whose last attempt failed, also those that an earlier one loaded", () => {
    const { failures } = coverageOf(
      [
        entry("2021-10-01", { error: "GatewayBroken: HTTP 500" }),
        neverLoaded("2021-10-02", "Throttled: slower"),
      ],
      today,
    )
    expect(failures).toEqual([
      { day: "2021-10-01", error: "GatewayBroken: HTTP 500" },
      { day: "2021-10-02", error: "Throttled: slower" },
    ])
  })

  it("calls a day stuck whose rows are still not finished two days later, and not before", () => {
    const open = (date: string, openRows: number) => entry(date, { state: "open", openRows })
    const { stuck } = coverageOf(
      [
        open("2021-10-16", 0),
        open("2021-10-17", 4),
        open("2021-10-18", 1),
        open("2021-10-19", 7),
        open(today, 9),
      ],
      today,
    )
    expect(stuck).toEqual([
      { day: "2021-10-17", openRows: 4, days: 3 },
      { day: "2021-10-18", openRows: 1, days: 2 },
    ])
  })

  it("names the days whose rows could only be counted", () => {
    const weak = { state: "open", proof: "count", apiTotal: 720, rejectedRows: 20 } as const
    const ledger = [
      entry("2021-10-02"),
      entry("2021-10-03", { ...weak, rowCount: 700 }),
      entry("2021-10-04", { ...weak, rowCount: 690 }),
    ]
    expect(coverageOf(ledger, today).weak).toEqual([
      { day: "2021-10-03", rows: 700, lacking: 0 },
      { day: "2021-10-04", rows: 690, lacking: 10 },
    ])
  })
})
