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
