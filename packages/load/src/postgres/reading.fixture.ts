/** For tests: rows of a day, and what is known of their reading. */
import type { Encoding } from "@vodstation-etl/core/Encoding"
import { isTerminal } from "@vodstation-etl/core/Encoding"
import type { Reading } from "@vodstation-etl/core/Reading"
import { SnapshotDigest } from "@vodstation-etl/core/SnapshotDigest"
import { Effect } from "effect"
import type { Archive, DayCommit } from "../Archive.ts"
import type { ArchiveError } from "../ArchiveError.ts"

export const workDate = "2021-09-12"
export const run = { runId: "00000000-0000-4000-8000-000000000001" }
export const otherRun = { runId: "00000000-0000-4000-8000-000000000002" }
export const firstReadAt = 1_700_000_000_000

export const encodingOf = (index: number, columns: Partial<Encoding> = {}): Encoding => ({
  categoryId: 10_019n,
  filePath: `/a/${index}.mp4`,
  outputType: "AVC_SD_1Pass_30fps",
  categoryName: "test2",
  status: "COMPLETE",
  link: `https://kr.object.ncloudstorage.com/a/${index}.mp4`,
  percent: 100,
  outputTotalSize: 81_040_256n,
  lastWorkTime: 1_631_380_000_123,
  requestedFrom: 1_631_372_400_000,
  requestedBefore: 1_631_458_800_000,
  anomalies: [],
  raw: null,
  ...columns,
})

export const encodingsOf = (count: number): Array<Encoding> =>
  Array.from({ length: count }, (_, index) => encodingOf(index))

/** A reading that proves `rows` to be all of the day, begun long after it. */
export const readingOf = (
  rows: ReadonlyArray<Encoding>,
  readAt: number,
  more: Partial<Reading> = {},
): Reading => {
  const digest = new SnapshotDigest()
  for (const row of rows) digest.addRow(row)
  return {
    workDate,
    readAt,
    proof: "pigeonhole",
    strong: true,
    settled: true,
    seamsHold: true,
    apiTotal: rows.length,
    rowCount: rows.length,
    openRows: rows.filter((row) => !isTerminal(row)).length,
    rejectedRows: 0,
    requests: 3,
    pages: 2,
    digest: String(digest),
    ...more,
  }
}

/** Stages and commits a day's rows. */
export const load = (
  archive: Archive["Service"],
  rows: ReadonlyArray<Encoding>,
  readAt: number,
  more: Partial<Reading> = {},
): Effect.Effect<DayCommit, ArchiveError> =>
  Effect.scoped(
    Effect.gen(function* () {
      const staged = yield* archive.stageDay(more.workDate ?? workDate, run)
      yield* staged.add([...rows], [])
      return yield* staged.commit(readingOf(rows, readAt, more))
    }),
  )
