/**
 * For tests and for docs/archive.md: a few days that hold one of everything, with fixed times, so that the page that shows
 * them is the same whenever it is made.
 */
import { Effect } from "effect"
import type { Encoding } from "@vodstation-etl/core/Encoding"
import type { Archive } from "./Archive.ts"
import { loadDay } from "./BothArchives.fixture.ts"

const at = (text: string) => Date.parse(text)
export const exampleRuns = ["0190b0a4-7c00-4000-8000-000000000001", "0190b5ca-d800-4000-8000-000000000002"]

const row = (name: string, columns: Partial<Encoding> = {}): Encoding => ({
  categoryId: 10_019n,
  filePath: `/drama/${name}.mp4`,
  outputType: "AVC_HD_1Pass_30fps",
  categoryName: "drama",
  status: "COMPLETE",
  link: `https://kr.object.ncloudstorage.com/vod/drama/${name}_AVC_HD_1Pass_30fps.mp4`,
  percent: 100,
  outputTotalSize: 81_040_256n,
  lastWorkTime: at("2021-09-12T14:31:07.000+09:00"),
  requestedFrom: at("2021-09-12T00:00:00+09:00"),
  requestedBefore: at("2021-09-13T00:00:00+09:00"),
  anomalies: [],
  raw: null,
  ...columns,
})

const unfinished = { link: null, outputTotalSize: null }
const failed = { ...unfinished, status: "FAILURE", percent: 42.5 }

const firstEvening = [
  row("episode 1"),
  row("episode 2", { ...unfinished, status: "RUNNING", percent: 12 }),
  row("", { ...unfinished, filePath: "", status: "WAITING", percent: 0 }),
  row("trailer", failed),
]
const nextNight = [
  row("episode 1"),
  row("episode 2", { lastWorkTime: at("2021-09-12T23:58:40.000+09:00") }),
  row("episode 3", {
    percent: null,
    anomalies: ["percent: not a number"],
    raw: '{"categoryId":10019,"percent":"full"}',
  }),
]

/** Fills a prepared archive. */
export const fillExample = Effect.fnUntraced(function* (archive: Archive["Service"]) {
  const [evening, night] = exampleRuns as [string, string]
  const run = { command: "nightly", options: { since: "-7d", settle: "1h" }, version: "0.1.0" } as const
  yield* archive.startRun({ ...run, runId: evening, startedAt: at("2021-09-12T22:00:00+09:00") })
  yield* loadDay(archive, {
    ...{ rows: firstEvening, workDate: "2021-09-12", runId: evening, settled: false },
    ...{ readAt: at("2021-09-12T22:00:01+09:00"), requests: 2 },
  })
  yield* archive.startRun({ ...run, runId: night, startedAt: at("2021-09-14T03:17:00+09:00") })
  yield* loadDay(archive, {
    ...{ rows: nextNight, workDate: "2021-09-12", runId: night, requests: 2 },
    ...{ readAt: at("2021-09-14T03:17:01+09:00") },
    rejects: [
      {
        fingerprint: "5f0c1d4b7a7a4cf6dcd0ff39a1a2f3a6b1f0a9d8c7b6e5f4a3928170605f4e3d",
        reason: "no readable categoryId",
        payload: '{"categoryId":"?","filePath":"/drama/episode 4.mp4"}',
      },
    ],
  })
  const stuck = row("episode 5", {
    ...{ ...unfinished, status: "RUNNING", percent: 99 },
    ...{ requestedFrom: at("2021-09-13T00:00:00+09:00"), requestedBefore: at("2021-09-14T00:00:00+09:00") },
  })
  yield* loadDay(archive, {
    ...{ rows: [stuck], workDate: "2021-09-13", runId: night, readAt: at("2021-09-14T03:17:02+09:00") },
  })
  yield* archive.recordFailure("2021-09-15", { runId: night }, "GatewayBroken: HTTP 503 from /api/v2/status")
  yield* archive.keepFacts({ page_size: "1000" })
  yield* archive.finishRun(night, {
    finishedAt: at("2021-09-14T03:17:04+09:00"),
    outcome: "incomplete",
    days: { planned: 3, skipped: 5, closed: 1, open: 1, failed: 1 },
    rows: { read: 5, inserted: 2, changed: 1, unchanged: 1, missing: 1, withdrawn: 1, rejected: 1 },
    requests: 9,
    retries: 3,
  })
})
