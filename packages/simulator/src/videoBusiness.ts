/**
 * The video business that a world is about: who uploads what, when, into which formats, and what goes wrong.
 * Option names are those seen in the wild and free ones of 3 to 20 letters, digits, `:` `-` `_` (API facts 2.6).
 */

/** One output format: the name of an encoding option, and how its encodings behave. */
export interface OutputFormat {
  readonly name: string
  /** Share of encodings that end as FAILURE. */
  readonly failureRate: number
  /** Encoding time as a multiple of the playing time. */
  readonly effort: number
  /** Output bytes per second of playing time. */
  readonly bytesPerSecond: number
}

/** One category: what is uploaded to it. Playing times are in seconds, `formats` are positions in the formats. */
export interface BusinessCategory {
  readonly id: bigint
  readonly name: string
  readonly weight: number
  readonly filePrefix: string
  readonly shortest: number
  readonly longest: number
  readonly formats: ReadonlyArray<number>
}

/** A preset: everything about a business that is the same on each of its days. */
export interface Business {
  readonly categories: ReadonlyArray<BusinessCategory>
  readonly formats: ReadonlyArray<OutputFormat>
  /** How many uploads each hour of the day gets, as weights, from midnight on in the world's zone. */
  readonly rhythm: ReadonlyArray<number>
  readonly linkPrefix: string
}

const formats: ReadonlyArray<OutputFormat> = [
  { name: "AVC_HD_1Pass_30fps", failureRate: 0.006, effort: 0.5, bytesPerSecond: 312_500 },
  { name: "AVC_FHD_1Pass_30fps", failureRate: 0.012, effort: 0.9, bytesPerSecond: 687_500 },
  { name: "AVC_SD_1Pass_30fps_1", failureRate: 0.004, effort: 0.25, bytesPerSecond: 125_000 },
  { name: "auto_90fps_abr", failureRate: 0.031, effort: 1.4, bytesPerSecond: 950_000 },
  { name: "AVC_FHD_2Pass_30fps", failureRate: 0.018, effort: 1.8, bytesPerSecond: 720_000 },
  { name: "shorts:9x16-v2", failureRate: 0.052, effort: 0.6, bytesPerSecond: 260_000 },
  { name: "news_archive_low", failureRate: 0.009, effort: 0.2, bytesPerSecond: 64_000 },
  { name: "1080", failureRate: 0.015, effort: 0.9, bytesPerSecond: 640_000 },
]

/** A Korean broadcaster's clip business: eight categories, three to five formats for each file. */
export const videoBusiness: Business = {
  categories: [
    {
      id: 10019n,
      name: "예능 클립",
      weight: 24,
      filePrefix: "variety",
      shortest: 60,
      longest: 420,
      formats: [0, 1, 2, 3, 5],
    },
    {
      id: 10021n,
      name: "뉴스",
      weight: 22,
      filePrefix: "news",
      shortest: 40,
      longest: 240,
      formats: [0, 2, 6],
    },
    {
      id: 10044n,
      name: "드라마 다시보기",
      weight: 8,
      filePrefix: "drama",
      shortest: 1800,
      longest: 4200,
      formats: [0, 1, 2, 4],
    },
    {
      id: 13814n,
      name: "VOD-Callback",
      weight: 5,
      filePrefix: "callback",
      shortest: 30,
      longest: 300,
      formats: [0, 1, 2],
    },
    {
      id: 14150n,
      name: "스포츠 하이라이트",
      weight: 14,
      filePrefix: "sports",
      shortest: 90,
      longest: 900,
      formats: [0, 1, 3, 5],
    },
    {
      id: 14151n,
      name: "Music & Live",
      weight: 9,
      filePrefix: "music",
      shortest: 150,
      longest: 420,
      formats: [0, 1, 2, 3],
    },
    {
      id: 15502n,
      name: '교육 강의 "기초"',
      weight: 7,
      filePrefix: "lecture",
      shortest: 600,
      longest: 3000,
      formats: [0, 2, 7],
    },
    {
      id: 15790n,
      name: "시청자 제보",
      weight: 11,
      filePrefix: "ugc",
      shortest: 10,
      longest: 120,
      formats: [0, 2, 5],
    },
  ],
  formats,
  rhythm: [9, 5, 3, 2, 2, 4, 12, 26, 38, 44, 47, 42, 34, 40, 46, 48, 50, 56, 62, 58, 47, 36, 24, 15],
  linkPrefix: "https://kr.object.ncloudstorage.com/vod-output",
}
