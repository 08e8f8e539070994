import { describe, expect, it } from "vitest"
import type { Status } from "./statusInWords.ts"
import { statusInWords } from "./statusInWords.ts"

const status: Status = {
  archive: "127.0.0.1:5432/vod (schema news)",
  timeZone: "Asia/Seoul",
  coverage: {
    ...{ firstDay: "2021-09-10", lastDay: "2021-09-12", closed: 1, open: 2, failed: 0, missing: 0 },
    ...{ rows: 1_234_567, rejected: 1_000, stuck: [], gaps: [], failures: [] },
    weak: [
      { day: "2021-09-11", rows: 12_345, lacking: 1_234 },
      { day: "2021-09-12", rows: 1, lacking: 0 },
    ],
  },
  months: [],
  stuckEncodings: [
    {
      ...{ day: "2018-09-12", days: 1_096, categoryId: "7", categoryName: null, filePath: "/a.mp4" },
      ...{ outputType: "HD", status: "RUNNING", since: "2018-09-12T03:04:05.000Z" },
    },
  ],
  rejectReasons: [
    { reason: "no categoryId", rows: 2_500, days: 1_200, firstDay: "2018-01-01", lastDay: "2021-09-12" },
  ],
  anomalies: { since: "2021-08-14", reasons: [] },
  sizes: [],
  runs: [
    {
      ...{ runId: "r", command: "nightly", startedAt: Date.parse("2021-09-13T01:02:03Z"), options: {} },
      version: "0.1.0",
      end: {
        ...{ finishedAt: Date.parse("2021-09-13T01:02:13Z"), outcome: "complete", requests: 1, retries: 0 },
        days: { planned: 3, skipped: 0, closed: 1, open: 2, failed: 0 },
        rows: {
          ...{ read: 11_000, inserted: 1, changed: 10_999, unchanged: 0, missing: 0, withdrawn: 0 },
          rejected: 0,
        },
      },
    },
  ],
}

const wordsOf = (change: Partial<Status> = {}, csvFolder?: string) =>
  statusInWords(
    { ...status, ...change },
    { all: false, paint: (signs) => signs, csvFolder, seeing: { rejects: "r", anomalies: "a" } },
  )

describe("what status says", () => {
  it("of nothing, is how to begin in the same kind of archive", () => {
    const empty = { archive: "HERE", coverage: { ...status.coverage, firstDay: null } }
    const begin = "HERE: empty. Make one with: vodstation-etl backfill --from -7d"
    expect(wordsOf(empty)).toBe(begin)
    expect(wordsOf(empty, "./archive")).toBe(`${begin} --archive csv --out ./archive`)
  })

  it("has the thousands of every number apart, and one of a thing", () => {
    const lines = wordsOf().split("\n")
    for (const line of [
      "  2021-09-11  12,345 rows, and 1,234 more that are not loaded",
      "  2021-09-12  1 row",
      "  2018-09-12  1,096 days old, RUNNING since 2018-09-12T03:04Z: category 7, HD, /a.mp4",
      "  2,500 rows on 1,200 days, 2018-01-01 to 2021-09-12: no categoryId",
      "  2021-09-13 01:02Z  nightly  complete in 10 s: 1 closed, 2 open; 1 row new, 10,999 changed",
    ])
      expect(lines).toContain(line)
    expect(wordsOf()).toContain("1,234,567")
    expect(wordsOf().replaceAll(/\d{4}-\d\d|\d\d:\d\d|:5432|\d{4}Z/g, "")).not.toMatch(/\d{4}/)
  })

  it("says once how several days failed alike, so that other failures are seen", () => {
    const gone = Array.from({ length: 20 }, (_, n) => ({
      day: `2021-08-${n + 10}`,
      error: "NetworkFailed: gone",
    }))
    const failures = [...gone, { day: "2021-09-01", error: "SliceUnproven: it moved" }]
    expect(wordsOf({ coverage: { ...status.coverage, failures } })).toContain(
      "\n  20 days, 2021-08-10 to 2021-08-29  NetworkFailed: gone\n  2021-09-01  SliceUnproven: it moved\n",
    )
  })

  it.each([
    [
      "127.0.0.1:5432/vod (schema news)",
      "127.0.0.1:5432/vod (schema news, Asia/Seoul): 2021-09-10 to 2021-09-12",
    ],
    ["./archive", "./archive (Asia/Seoul): 2021-09-10 to 2021-09-12"],
    ["./archive (1)", "./archive (1) (Asia/Seoul): 2021-09-10 to 2021-09-12"],
  ])("begins with the archive, the time zone and the days: %s", (archive, first) => {
    expect(wordsOf({ archive }).split("\n")[0]).toBe(first)
  })
})
