/** For tests: what archives of all shapes come to as a report. Made by arithmetic, so that they are the same every time. */
import type {
  CategoryFigures,
  FormatFigures,
  Outcomes,
  ReportData,
  ReportDay,
  RunFigures,
  StorageFigures,
} from "./ReportData.ts"

const msPerDay = 86_400_000
const day = (first: string, index: number) =>
  new Date(Date.parse(first) + index * msPerDay).toISOString().slice(0, 10)

/** Between 0 and 1, by the number alone. */
const noise = (seed: number): number => {
  const value = Math.sin(seed * 12.9898) * 43_758.5453
  return value - Math.floor(value)
}

const outcomes = (encodings: number, failing: number): Outcomes => {
  const failure = Math.round(encodings * failing)
  const canceled = Math.round(encodings * 0.006)
  return { encodings, complete: encodings - failure - canceled, failure, canceled, unfinished: 0 }
}

const loadedDay = (date: string, index: number, counts: Outcomes): ReportDay => ({
  day: date,
  look: "closed",
  proof: counts.encodings <= 1000 ? "single-page" : "pigeonhole",
  ...counts,
  bytes: counts.complete * 236e6,
  forgotten: index % 90 === 3 ? 12 : 0,
  rejected: index % 11 === 5 ? 1 : 0,
  openRows: 0,
  requests: Math.ceil(counts.encodings / 900),
  readAt: Date.parse(date) + 42 * 3_600_000,
  error: null,
})

const unread = { proof: null, ...outcomes(0, 0), bytes: 0, forgotten: 0, rejected: 0, openRows: 0 } as const

const manyDays = (first: string, count: number, daily: number): ReadonlyArray<ReportDay> =>
  Array.from({ length: count }, (_, index): ReportDay => {
    const date = day(first, index)
    const weekend = [0, 6].includes(new Date(date).getUTCDay())
    const encodings = Math.round(daily * (weekend ? 0.6 : 1) * (0.85 + 0.3 * noise(index)))
    const read = loadedDay(date, index, outcomes(encodings, 0.008 + 0.012 * noise(index + 0.5) ** 3))
    if (index === count - 1 || index === count - 20)
      return { ...read, look: "open", complete: read.complete - 3, unfinished: 3, openRows: 3 }
    if (index === count - 9)
      return {
        ...{ day: date, look: "failed", ...unread, requests: 0, readAt: null },
        error: "GatewayBroken: HTTP 503 from /api/v2/status",
      }
    if (index === count - 33 || index === count - 34)
      return { day: date, look: "missing", ...unread, requests: 0, readAt: null, error: null }
    if (index === count - 44) return { ...read, look: "open", proof: "count" }
    return read
  })

const formatNames = [
  ["AVC_HD_1Pass_30fps", 310e6, 34],
  ["AVC_FHD_1Pass_30fps", 620e6, 52],
  ["AVC_SD_1Pass_30fps", 140e6, 21],
  ["HEVC_UHD_2Pass_60fps", 2_900e6, 240],
  ["HEVC_FHD_2Pass_30fps", 410e6, 130],
  ["AAC_128kbps", 14e6, 4],
] as const

const formats = (encodings: number, failing: number): ReadonlyArray<FormatFigures> =>
  formatNames.map(([format, size, minutes], index) => ({
    format,
    ...outcomes(Math.round(encodings / (index + 2.5)), failing * (1 + index / 4)),
    bytes: (encodings / (index + 2.5)) * size,
    sizes: { p5: size * 0.2, p25: size * 0.55, p50: size, p75: size * 1.7, p95: size * 3.1 },
    turnaround: {
      encodings: Math.round(encodings / 9),
      window: 60,
      half: [minutes, minutes + 55],
      nineTenths: [minutes * 2.2, minutes * 2.2 + 58],
    },
  }))

const categoryNames = [
  "드라마",
  "예능",
  "뉴스",
  "sport live",
  "영화",
  "교육",
  "웹드라마 단편",
  "trailers",
  "archive-2009",
]

const categories = (encodings: number, failing: number): ReadonlyArray<CategoryFigures> =>
  categoryNames.map((name, index) => ({
    id: String(10_019 + index),
    name,
    ...outcomes(Math.round(encodings / (index + 3)), failing * (0.4 + 2 * noise(index))),
    bytes: (encodings / (index + 3)) * 236e6,
  }))

const failedFiles = (count: number): ReportData["failedFiles"] => ({
  rows: Array.from({ length: count }, (_, index) => {
    const category = Math.floor(noise(index) * 6)
    return {
      categoryId: String(10_019 + category),
      categoryName: categoryNames[category]!,
      file: `/${categoryNames[category]!.replace(" ", "-")}/2026/제${index + 1}화 본편 final.mp4`,
      failure: Math.max(1, 9 - Math.floor(index / 4)),
      complete: index % 3,
      formats: formatNames
        .slice(0, 1 + (index % 3))
        .map(([format]) => format)
        .join(", "),
      lastDay: day("2026-07-01", index % 50),
    }
  }),
  total: count * 4,
})

const storage = (firstMonth: number, months: number, size: number): ReadonlyArray<StorageFigures> =>
  Array.from({ length: months }).flatMap((_, index) => {
    const month = new Date(Date.UTC(firstMonth, index, 1)).toISOString().slice(0, 7)
    return categoryNames.slice(0, 8).map((name, rank) => ({
      month,
      categoryId: rank === 7 ? null : String(10_019 + rank),
      categoryName: rank === 7 ? null : name,
      outputs: Math.round(9000 / (rank + 2)),
      bytes: (size * (0.8 + 0.4 * noise(index + rank))) / (rank + 1.5),
    }))
  })

const runs = (first: string, count: number): ReadonlyArray<RunFigures> =>
  Array.from({ length: count }, (_, index) => ({
    command: "nightly",
    startedAt: Date.parse(first) + index * msPerDay - 6 * 3_600_000,
    seconds: 12.5 + 4 * noise(index),
    outcome: index === count - 9 ? "incomplete" : "complete",
    rows: 28_000 + Math.round(4000 * noise(index)),
    requests: 60 + Math.round(30 * noise(index)),
    retries: index % 7 === 2 ? 14 : Math.round(3 * noise(index + 0.3)),
  }))

const troubles: Pick<ReportData, "stuck" | "rejects" | "anomalies"> = {
  stuck: {
    rows: Array.from({ length: 3 }, (_, index) => ({
      day: day("2026-07-31", index === 2 ? 19 : 0),
      ageDays: index === 2 ? 2 : 21,
      categoryId: "10022",
      categoryName: "sport live",
      file: index === 1 ? "" : `/sport-live/match ${index + 1}.ts`,
      format: "HEVC_UHD_2Pass_60fps",
      occurrence: 1,
      status: index === 1 ? "WAITING" : "RUNNING",
      since: Date.parse("2026-07-31T08:12:00Z"),
    })),
    total: 3,
  },
  rejects: {
    rows: [
      { reason: "no readable categoryId", rows: 31, days: 28, firstDay: "2026-03-02", lastDay: "2026-08-19" },
    ],
    total: 1,
  },
  anomalies: {
    rows: [
      { reason: "percent: not a number", rows: 214, days: 40, firstDay: "2026-02-11", lastDay: "2026-08-20" },
      { reason: "lastWorkTime: no time", rows: 9, days: 2, firstDay: "2026-05-01", lastDay: "2026-05-02" },
    ],
    total: 2,
  },
}

const frame = {
  program: "vodstation-etl 0.1.0",
  archive: "schema vodstation of the database vod on db.example",
  timeZone: "Asia/Seoul",
  madeAt: Date.parse("2026-08-21T03:20:00Z"),
}
const no = { rows: [], total: 0 }

/** A year of 10,000 a day, with a little of everything. */
export const aYear: ReportData = {
  ...frame,
  days: manyDays("2025-08-21", 365, 11_300),
  formats: formats(3_650_000, 0.012),
  categories: { rows: categories(3_650_000, 0.012), total: categoryNames.length },
  failedFiles: failedFiles(500),
  ...troubles,
  storage: storage(2025, 13, 74e12),
  runs: runs("2025-08-22", 365),
}

/** What the archive of a newcomer is like. */
export const aMonth: ReportData = {
  ...aYear,
  days: manyDays("2026-07-20", 31, 4000),
  formats: formats(108_000, 0.013),
  categories: { rows: categories(108_000, 0.013), total: categoryNames.length },
  failedFiles: failedFiles(60),
  storage: storage(2026, 2, 12e12),
  runs: runs("2026-08-20", 1),
}

export const noDays: ReportData = {
  ...frame,
  ...{ days: [], formats: [], categories: no, failedFiles: no, stuck: no, rejects: no, anomalies: no },
  ...{ storage: [], runs: [] },
}

/** A day that was read, and holds nothing. */
export const noRows: ReportData = {
  ...noDays,
  days: [loadedDay("2026-08-20", 0, outcomes(0, 0))],
}

export const threeRows: ReportData = {
  ...noDays,
  days: [loadedDay("2026-08-20", 0, { encodings: 3, complete: 2, failure: 1, canceled: 0, unfinished: 0 })],
  formats: [
    {
      ...{ format: "AVC_HD_1Pass_30fps", encodings: 3, complete: 2, failure: 1, canceled: 0, unfinished: 0 },
      bytes: 162_080_512,
      sizes: { p5: 81_040_256, p25: 81_040_256, p50: 81_040_256, p75: 81_040_256, p95: 81_040_256 },
      turnaround: { encodings: 2, window: 1440, half: [0, 1071], nineTenths: [0, 1438] },
    },
  ],
  categories: {
    rows: [
      {
        ...{ id: "10019", name: "drama", encodings: 3, complete: 2, failure: 1, canceled: 0, unfinished: 0 },
        bytes: 162_080_512,
      },
    ],
    total: 1,
  },
  failedFiles: {
    rows: [
      {
        ...{
          categoryId: "10019",
          categoryName: "drama",
          file: "/drama/trailer.mp4",
          failure: 1,
          complete: 0,
        },
        ...{ formats: "AVC_HD_1Pass_30fps", lastDay: "2026-08-20" },
      },
    ],
    total: 1,
  },
  storage: [{ month: "2026-08", categoryId: "10019", categoryName: "drama", outputs: 2, bytes: 162_080_512 }],
  runs: runs("2026-08-21", 1),
}

const failed = { encodings: 40, complete: 0, failure: 40, canceled: 0, unfinished: 0 }

export const onlyFailures: ReportData = {
  ...noDays,
  days: Array.from({ length: 9 }, (_, index) => ({
    ...loadedDay(day("2026-08-11", index), index, failed),
    bytes: 0,
  })),
  formats: [{ format: "", ...failed, bytes: 0, sizes: null, turnaround: null }],
  categories: { rows: [{ id: "9007199254740993", name: null, ...failed, bytes: 0 }], total: 1 },
  failedFiles: failedFiles(40),
}

/** Names and reasons that a page could take for its own HTML, or for a chart's own signs. */
export const strangeTexts = [
  `</script><script>document.title = "taken"</script>`,
  `<img src="x" onerror="document.title='taken'">`,
  "{a|rich} {b} %s & \"quoted\" 'single' `back`",
  "\u202Eright to left\u202C \u0000 \uFFFD 🎬",
  "아주긴이름".repeat(60),
]

export const strangeNames: ReportData = {
  ...aMonth,
  archive: strangeTexts[0]!,
  formats: aMonth.formats.map((row, index) => ({ ...row, format: strangeTexts[index % 5]! + index })),
  categories: {
    rows: aMonth.categories.rows.map((row, index) => ({ ...row, name: strangeTexts[index % 5]! })),
    total: 9000,
  },
  failedFiles: {
    rows: strangeTexts.map((file) => ({
      ...aMonth.failedFiles.rows[0]!,
      file,
      categoryName: file,
      formats: file,
    })),
    total: 5,
  },
  stuck: {
    rows: strangeTexts.map((file) => ({ ...aMonth.stuck.rows[0]!, file, status: file })),
    total: 70_000,
  },
  rejects: { rows: strangeTexts.map((reason) => ({ ...aMonth.rejects.rows[0]!, reason })), total: 5 },
  anomalies: { rows: strangeTexts.map((reason) => ({ ...aMonth.anomalies.rows[0]!, reason })), total: 5 },
  storage: aMonth.storage.map((row, index) => ({ ...row, categoryName: strangeTexts[index % 5]! })),
}

export const tenYears: ReportData = {
  ...aYear,
  days: manyDays("2016-08-21", 3652, 11_300),
  storage: storage(2016, 128, 74e12),
  runs: runs("2016-08-22", 3652),
}

export const shapes: Readonly<Record<string, ReportData>> = {
  "a month": aMonth,
  "a year of 10,000 a day": aYear,
  "no days": noDays,
  "a day without rows": noRows,
  "three rows": threeRows,
  "only failures": onlyFailures,
  "names that look like HTML": strangeNames,
  "ten years of days": tenYears,
}
