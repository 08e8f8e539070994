/** What `audit` tells in words of an archive that lacks rows. */
import { describe, expect, it } from "vitest"
import type { AuditedDay } from "./auditDay.ts"
import { auditInWords, auditReport } from "./AuditReport.ts"
import { RunTally } from "./RunReport.ts"

const day: AuditedDay = {
  ...{ day: "2021-09-12", state: "closed", verdict: "apiHasMore" },
  ...{ api: 60, present: 58, missing: 0, rejected: 0, statistic: 60, statisticDiffers: false },
}
const report = auditReport("postgres", "Asia/Seoul", [day])

describe("the table of an audit", () => {
  const tableOf = (days: ReadonlyArray<AuditedDay>, columns?: number) =>
    auditInWords(auditReport("postgres", "Asia/Seoul", days), columns)
      .split("\n")
      .filter((line) => /[│┌├└]/.test(line))

  it("fits into a terminal of 80 columns, whatever is in it", () => {
    const counts = { api: null, present: 1_234_567, missing: 234_567, rejected: 34_567 }
    const worst: AuditedDay = {
      ...{ ...day, ...counts, state: "notRead", verdict: "notAnswered" },
      ...{ statistic: 123_456_789, statisticDiffers: true },
    }
    for (const line of tableOf([worst], 80)) expect(line.length).toBeLessThanOrEqual(80)
    const inCells = tableOf([worst], 80).filter((line) => line.startsWith("│"))
    const words = inCells.map((line) => line.split("│").at(-2)!.trim())
    expect(words.join(" ")).toContain("its statistics say 123,456,789")
    expect(tableOf([worst])).toHaveLength(5)
  })

  it("has no column of nothing but zeros", () => {
    expect(tableOf([day])[1]).toMatch(/^│ day +│ state +│ API │ archive │ finding +│$/)
    expect(tableOf([day, { ...day, missing: 1 }])[1]).toMatch(/│ archive │ missing │ finding/)
    expect(tableOf([day, { ...day, rejected: 1 }])[1]).toMatch(/│ archive │ rejected │ finding/)
  })
})

describe("an archive that lacks rows", () => {
  it("is to be repaired", () => {
    expect(auditInWords(report)).toMatch(
      /the API has 2 more[^]*Read those days again: the same command with --repair\.$/,
    )
  })

  it("needs no advice once it has been", () => {
    const run = new RunTally().end("complete", 0, { requests: 1, retries: 0 })
    const repair = { ...run, command: "audit", runId: "run", seconds: 0.1, problems: [] }
    expect(auditInWords({ ...report, repair })).toMatch(
      /the API has 2 more[^]*; those days were read again:$/,
    )
  })
})
