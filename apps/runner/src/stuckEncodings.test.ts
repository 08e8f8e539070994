import { describe, expect, it } from "vitest"
import type { OpenEncoding } from "@vodstation-etl/load/Archive"
import { stuckEncoding, stuckInWords } from "./stuckEncodings.ts"

const row: OpenEncoding = {
  workDate: "2021-09-12",
  categoryId: 9_007_199_254_740_993n,
  filePath: "/뉴스/news_1.mp4",
  outputType: "AVC_HD_1Pass_30fps",
  categoryName: "뉴스",
  status: "RUNNING",
  link: null,
  percent: 12,
  outputTotalSize: null,
  lastWorkTime: Date.parse("2021-09-12T03:04:05Z"),
  requestedFrom: 0,
  requestedBefore: 1,
  anomalies: [],
  raw: null,
  occurrence: 1,
  missingSince: null,
  firstSeenAt: 0,
  changedAt: Date.parse("2021-09-13T18:00:00Z"),
  runId: "run",
}

describe("a stuck encoding", () => {
  it("is named by its day, age, state and identity", () => {
    const stuck = stuckEncoding(row, "2021-10-01")
    expect(stuck).toEqual({
      day: "2021-09-12",
      days: 19,
      categoryId: "9007199254740993",
      categoryName: "뉴스",
      filePath: "/뉴스/news_1.mp4",
      outputType: "AVC_HD_1Pass_30fps",
      status: "RUNNING",
      since: "2021-09-12T03:04:05.000Z",
    })
    expect(stuckInWords(stuck)).toBe(
      "2021-09-12  19 days old, RUNNING since 2021-09-12T03:04Z: category 9007199254740993, AVC_HD_1Pass_30fps, /뉴스/news_1.mp4",
    )
  })

  it("that the API says little of is still named, since when it was first seen so", () => {
    const bare = { ...row, status: null, filePath: "", lastWorkTime: null }
    expect(stuckInWords(stuckEncoding(bare, "2021-10-01"))).toBe(
      "2021-09-12  19 days old, (no status) since 2021-09-13T18:00Z: category 9007199254740993, AVC_HD_1Pass_30fps, (no path yet)",
    )
  })
})
