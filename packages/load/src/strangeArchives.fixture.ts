/** For tests: archives that a stranger may bring, and how many rows each of their tables and views then has. */
import type { Encoding } from "@vodstation-etl/core/Encoding"
import { isReject, normalise } from "@vodstation-etl/core/normalise"
import { Effect } from "effect"
import type { Archive } from "./Archive.ts"
import type { ArchiveError } from "./ArchiveError.ts"
import { loadDay, rejectsOf, rowsOf } from "./BothArchives.fixture.ts"
import { dayEnd, dayStart, runIdOf } from "./csv/CsvFolder.fixture.ts"

export interface StrangeArchive {
  readonly fill: (archive: Archive["Service"]) => Effect.Effect<unknown, ArchiveError>
  /** By table or view, without `archive_setting`; none in those that are left out. */
  readonly rows: Readonly<Record<string, number>>
}

/** Each field that is nothing of what it may be, one that is out of range, and texts that no archive can hold. */
const anomalous = [
  '{"categoryId":1,"filePath":[],"outputType":{},"categoryName":[],"status":{},"link":[],"percent":"half","outputTotalSize":"big","lastWorkTime":"soon"}',
  '{"categoryId":2,"percent":1e999,"outputTotalSize":"1e30","lastWorkTime":"12"}',
  String.raw`{"categoryId":3,"filePath":"\u0000/a","outputType":"\ud83d","categoryName":"\u0000","status":"\ud83d","link":"\u0000"}`,
  '{"categoryId":4,"percent":"-5 %","outputTotalSize":-1,"status":"no status","unknown":"field"}',
]
const rejected = [
  "5",
  "null",
  "{}",
  '{"categoryId":"none"}',
  `{"categoryId":1,"filePath":"${"x".repeat(2_001)}"}`,
]
const understood = [...anomalous, ...rejected].map((text) =>
  normalise(JSON.parse(text), () => text, { from: dayStart, before: dayEnd }),
)

const failed = 'timed out, "twice"\nand again'

export const strangeArchives: Readonly<Record<string, StrangeArchive>> = {
  "that was just made": { fill: () => Effect.void, rows: {} },
  "of a day without encodings": {
    fill: (archive) => loadDay(archive, { rows: [] }),
    rows: { extraction_day: 1, coverage: 1, daily_outcome: 1 },
  },
  "of one row": {
    fill: (archive) => loadDay(archive, { rows: rowsOf(1) }),
    rows: {
      ...{ encoding: 1, encoding_timeline: 1, extraction_day: 1, coverage: 1 },
      ...{ daily_outcome: 1, category_outcome: 1, output_type_outcome: 1, storage_growth: 1 },
    },
  },
  "of three rows": {
    fill: (archive) => loadDay(archive, { rows: rowsOf(3) }),
    rows: {
      ...{ encoding: 3, encoding_timeline: 3, extraction_day: 1, coverage: 1 },
      ...{ daily_outcome: 1, category_outcome: 1, output_type_outcome: 1, storage_growth: 1 },
    },
  },
  "of nothing but failures": {
    fill: (archive) =>
      loadDay(archive, { rows: rowsOf(3, { status: "FAILURE", percent: 3.5, outputTotalSize: null }) }),
    rows: {
      ...{ encoding: 3, encoding_timeline: 3, failed_encoding: 3, extraction_day: 1, coverage: 1 },
      ...{ daily_outcome: 1, category_outcome: 1, output_type_outcome: 1 },
    },
  },
  "of days that all failed": {
    fill: (archive) =>
      Effect.forEach(["2021-09-12", "2021-09-15"], (day) =>
        archive.recordFailure(day, { runId: runIdOf(1) }, failed),
      ),
    rows: { extraction_day: 2, coverage: 4 },
  },
  "of every anomaly, with rejects": {
    fill: (archive) =>
      loadDay(archive, {
        rows: understood.filter((row): row is Encoding => !isReject(row)),
        rejects: [...understood.filter(isReject), ...rejectsOf(2)],
      }),
    rows: {
      ...{ encoding: 4, encoding_timeline: 4, stuck_encoding: 4, rejected_record: 7 },
      ...{ extraction_day: 1, coverage: 1, daily_outcome: 1, category_outcome: 4, output_type_outcome: 2 },
    },
  },
}
