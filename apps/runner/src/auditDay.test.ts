/** What holding a day of the archive against the API comes to. */
import { describe, expect, it } from "vitest"
import type { LedgerDay } from "@vodstation-etl/core/Reading"
import type { AuditedDay, DayFindings, Verdict } from "./auditDay.ts"
import { auditDay } from "./auditDay.ts"
import { auditInWords, auditReport } from "./AuditReport.ts"

const findings: DayFindings = {
  day: { date: "2021-09-12", start: 0, end: 1 },
  entry: { state: "closed" } as LedgerDay,
  rows: { workDate: "2021-09-12", present: 7, missing: 4, rejected: 3 },
  api: 10,
  statistic: 10,
  settled: true,
}

describe("a day of an audit", () => {
  it.each<[string, Partial<DayFindings>, Verdict]>([
    ["is the same where the API has what is present and rejected", {}, "same"],
    ["lacks rows where the API has more, though some are marked missing", { api: 11 }, "apiHasMore"],
    ["holds what the API has forgotten where it has fewer", { api: 9 }, "forgotten"],
    ["is all forgotten where the API has none", { api: 0 }, "forgotten"],
    ["is not judged before it has settled", { api: 12, settled: false }, "notSettled"],
    ["is not judged without an answer", { api: null }, "notAnswered"],
    ["lacks everything where the archive holds nothing", { entry: undefined, rows: undefined }, "apiHasMore"],
    ["is the same where neither has anything", { entry: undefined, rows: undefined, api: 0 }, "same"],
  ])("%s", (_, change, verdict) => {
    expect(auditDay({ ...findings, ...change }).verdict).toBe(verdict)
  })

  it("tells of statistics that contradict the list, as far as both are told and stand still", () => {
    const differs = (change: Partial<DayFindings>) => auditDay({ ...findings, ...change }).statisticDiffers
    expect(differs({ statistic: 11 })).toBe(true)
    expect([{}, { statistic: null }, { api: null }, { statistic: 11, settled: false }].map(differs)).toEqual(
      Array(4).fill(false),
    )
  })
})

describe("the report of an audit", () => {
  const audited = (change: Partial<AuditedDay>): AuditedDay => ({ ...auditDay(findings), ...change })

  it("names the days that are not simply the same, and says what to do where rows are lacking", () => {
    const report = auditReport("./archive", "Asia/Seoul", [
      audited({ day: "2021-09-10" }),
      audited({ day: "2021-09-11", statistic: 12, statisticDiffers: true }),
      audited({ day: "2021-09-12", verdict: "apiHasMore", api: 1012, state: "open" }),
      audited({ day: "2021-09-13", verdict: "notAnswered", api: null }),
    ])
    expect(report.verdicts).toEqual({ same: 2, apiHasMore: 1, forgotten: 0, notSettled: 0, notAnswered: 1 })
    const lines = auditInWords(report)
      .split("\n")
      .map((line) => line.replaceAll(/[│\s]+/g, " ").trim())
    expect(lines[0]).toBe(
      "./archive against the API, 2021-09-10 to 2021-09-13: 4 days, 2 the same, 1 of which the API has more, 1 without an answer",
    )
    expect(lines.filter((line) => line.startsWith("2021-09-"))).toEqual([
      "2021-09-11 closed 10 7 4 3 the same; its statistics say 12",
      "2021-09-12 open 1,012 7 4 3 the API has 1,002 more",
      "2021-09-13 closed 7 4 3 the API did not tell its total",
    ])
    expect(lines.at(-1)).toContain("--repair")
  })

  it("is one line where everything is the same", () => {
    expect(auditInWords(auditReport("./archive", "Asia/Seoul", [audited({})]))).toBe(
      "./archive against the API, 2021-09-12 to 2021-09-12: 1 day, 1 the same",
    )
  })
})
