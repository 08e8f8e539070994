/** What is stuck, and what could not be understood. */
import * as Effect from "effect/Effect"
import type { QueryRow } from "@vodstation-etl/load/ArchiveQuery"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import type { ReasonFigures, StuckFigures } from "@vodstation-etl/report/ReportData"
import { inRange, instantOf, numberOf, partOf, textOf, textOrNull } from "./QueryCells.ts"

const stuckQuestion = `
SELECT
  work_date, age_days, category_id, category_name, file_path, output_type, occurrence, status, stuck_since,
  count(*) OVER () AS total
FROM stuck_encoding
WHERE ${inRange}
ORDER BY work_date, category_id, file_path, output_type, occurrence
LIMIT 500`

const reasonsOf = (reason: string, rows: string, source: string) => `
SELECT
  ${reason} AS reason, ${rows} AS reason_rows, count(DISTINCT work_date) AS days,
  min(work_date) AS first_day, max(work_date) AS last_day, count(*) OVER () AS total
FROM ${source}
GROUP BY ${reason}
ORDER BY ${rows} DESC, ${reason}
LIMIT 200`

const rejectQuestion = reasonsOf(
  "reason",
  "sum(count)",
  `(SELECT * FROM rejected_record WHERE ${inRange}) AS rejects`,
)

const anomalyQuestion = reasonsOf(
  "anomaly",
  "count(*)",
  `(SELECT work_date, unnest(anomalies) AS anomaly FROM encoding WHERE ${inRange}) AS found`,
)

export const readTroubles = Effect.fnUntraced(function* (range: [string, string]) {
  const query = yield* ArchiveQuery
  return {
    stuck: partOf(yield* query.select(stuckQuestion, range), stuckOf),
    rejects: partOf(yield* query.select(rejectQuestion, range), reasonOf),
    anomalies: partOf(yield* query.select(anomalyQuestion, range), reasonOf),
  }
})

const stuckOf = (row: QueryRow): StuckFigures => ({
  day: textOf(row["work_date"]),
  ageDays: numberOf(row["age_days"]),
  categoryId: textOf(row["category_id"]),
  categoryName: textOrNull(row["category_name"]),
  file: textOf(row["file_path"]),
  format: textOf(row["output_type"]),
  occurrence: numberOf(row["occurrence"]),
  status: textOrNull(row["status"]),
  since: instantOf(row["stuck_since"]) ?? 0,
})

const reasonOf = (row: QueryRow): ReasonFigures => ({
  reason: textOf(row["reason"]),
  rows: numberOf(row["reason_rows"]),
  days: numberOf(row["days"]),
  firstDay: textOf(row["first_day"]),
  lastDay: textOf(row["last_day"]),
})
