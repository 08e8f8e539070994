/** For tests: days of all shapes, as `serve` shows them. Made by arithmetic, so that they are the same every time. */
import type { DayData, EncodingRow } from "./DayData.ts"
import type { ReportDay } from "./ReportData.ts"
import { aMonth, strangeTexts } from "./reportShapes.fixture.ts"

const day = "2026-08-14"
const start = Date.parse("2026-08-13T15:00:00Z")

export const origin = {
  program: "vodstation-etl 0.1.0",
  archive: "Postgres: 127.0.0.1:5432/vodstation",
  timeZone: "Asia/Seoul",
  madeAt: Date.parse("2026-08-21T18:11:00Z"),
}

const statuses = ["COMPLETE", "COMPLETE", "COMPLETE", "FAILURE", "CANCELED", "RUNNING"]

export const rowOf = (index: number): EncodingRow => ({
  ...{ workDate: day, categoryId: String(10_019 + (index % 4)), occurrence: 1 },
  categoryName: ["드라마", "예능", "sport live", "뉴스"][index % 4]!,
  filePath: `/드라마/2026/제${index + 1}화 본편 final_AVC_HD_1Pass_30fps.mp4`,
  outputType: "AVC_HD_1Pass_30fps",
  status: statuses[index % 6]!,
  percent: index % 6 === 5 ? 42.5 : 100,
  bytes: index % 6 < 3 ? 310_204_512 + index : null,
  lastWorkAt: start + index * 61_000,
  link: null,
  anomalies: [],
  ...{ requestedFrom: start, requestedBefore: start + 3_600_000, missingSince: null },
  earlierStates: index % 3,
})

const figures: ReportDay = {
  ...aMonth.days[20]!,
  ...{ day, look: "open", proof: "pigeonhole", encodings: 9876, complete: 9700, failure: 120 },
  ...{ canceled: 50, unfinished: 6, bytes: 2.31e12, forgotten: 3, rejected: 2, openRows: 6, requests: 14 },
  ...{ readAt: Date.parse("2026-08-15T18:11:00Z"), error: null },
}

export const aDay: DayData = {
  ...origin,
  day,
  figures,
  previousDay: "2026-08-13",
  nextDay: "2026-08-15",
  filter: {},
  statuses: [
    { value: "COMPLETE", rows: 9700 },
    { value: "FAILURE", rows: 120 },
    { value: "CANCELED", rows: 50 },
    { value: "RUNNING", rows: 4 },
    { value: "", rows: 2 },
  ],
  formats: [
    { value: "AVC_HD_1Pass_30fps", rows: 6000 },
    { value: "HEVC_UHD_2Pass_60fps", rows: 3870 },
    { value: "", rows: 6 },
  ],
  categories: [
    { value: "10019", name: "드라마", rows: 5000 },
    { value: "10020", name: "예능", rows: 3000 },
    { value: "9007199254740993", name: null, rows: 1876 },
  ],
  total: 9876,
  after: null,
  rows: Array.from({ length: 100 }, (_, index) => rowOf(index)),
  next: rowOf(99),
  rejects: [
    {
      reason: "no readable categoryId",
      count: 2,
      payload: '{"categoryId":"ten","status":"COMPLETE","percent":"100%"}',
    },
    { reason: "no readable categoryId", count: 1, payload: "null" },
  ],
}

export const unknownDay: DayData = {
  ...aDay,
  ...{ day: "2031-01-01", figures: null, previousDay: "2026-08-20", nextDay: null },
  ...{ statuses: [], formats: [], categories: [], total: 0, rows: [], next: null, rejects: [] },
}

const nothing = { encodings: 0, complete: 0, failure: 0, canceled: 0, unfinished: 0, bytes: 0, openRows: 0 }

export const dayWithoutRows: DayData = {
  ...unknownDay,
  day,
  nextDay: "2026-08-15",
  figures: { ...figures, ...nothing, look: "closed", proof: "single-page", forgotten: 0, rejected: 0 },
}

export const failedDay: DayData = {
  ...dayWithoutRows,
  figures: {
    ...figures,
    ...{ ...nothing, look: "failed", proof: null, forgotten: 0, rejected: 0, requests: 0, readAt: null },
    error: "GatewayBroken: HTTP 503 from /api/v2/status, <b>three</b> times. Run it again later.",
  },
}

export const nothingMatches: DayData = {
  ...aDay,
  filter: { status: "", categoryId: "77", file: "<b>nothing</b> & more" },
  ...{ total: 0, rows: [], next: null },
}

export const oneRow: DayData = {
  ...aDay,
  figures: {
    ...figures,
    ...nothing,
    encodings: 1,
    complete: 1,
    bytes: 310_204_512,
    rejected: 0,
    forgotten: 0,
  },
  ...{ total: 1, rows: [rowOf(0)], next: null, rejects: [] },
}

/** Its second page of a filter. */
export const laterPage: DayData = {
  ...aDay,
  filter: { status: "FAILURE", file: "제" },
  total: 120,
  after: rowOf(99),
  rows: Array.from({ length: 20 }, (_, index) => ({ ...rowOf(100 + index), status: "FAILURE" })),
  next: null,
}

const bare: EncodingRow = {
  ...{ workDate: day, categoryId: "9007199254740993", filePath: "", outputType: "", occurrence: 1 },
  ...{ categoryName: null, status: null, percent: null, bytes: null, lastWorkAt: null, link: null },
  ...{ anomalies: [], requestedFrom: start, requestedBefore: start + 86_400_000, missingSince: null },
  earlierStates: 0,
}

/** Texts that a page could take for its own, paths without an end, nothing at all, twins, and what the API has forgotten. */
export const strangeRows: ReadonlyArray<EncodingRow> = [
  bare,
  { ...bare, occurrence: 2 },
  { ...rowOf(0), filePath: `/${"아주긴경로/".repeat(110)}끝.mp4`, missingSince: start + 9e8 },
  { ...rowOf(1), filePath: `/${"a".repeat(1900)}.mp4`, occurrence: 2 },
  ...strangeTexts.map((text) => ({
    ...rowOf(2),
    ...{ filePath: text, outputType: text, categoryName: text, status: text, anomalies: [text, text] },
  })),
  { ...rowOf(3), filePath: '=HYPERLINK("https://example.com")', categoryName: "@SUM(1)" },
]

export const strangeDay: DayData = {
  ...aDay,
  archive: strangeTexts[0]!,
  figures: { ...figures, error: strangeTexts[1]! },
  filter: { format: strangeTexts[2]!, file: strangeTexts[3]! },
  statuses: strangeTexts.map((value) => ({ value, rows: 1 })),
  formats: strangeTexts.map((value) => ({ value, rows: 1 })),
  categories: strangeTexts.map((name, index) => ({ value: String(index), name, rows: 1 })),
  ...{ total: strangeRows.length, rows: strangeRows, next: null },
  rejects: strangeTexts.map((text) => ({ reason: text, count: 1, payload: text.repeat(3) })),
}

export const dayShapes: Readonly<Record<string, DayData>> = {
  "a day of many rows": aDay,
  "a later page of a choice": laterPage,
  "a day that the archive does not know": unknownDay,
  "a day without rows": dayWithoutRows,
  "a day that failed": failedDay,
  "a choice that matches nothing": nothingMatches,
  "one row": oneRow,
  "strange rows": strangeDay,
}
