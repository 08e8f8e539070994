/** The files that failed most often, in whatever format and on whatever day. */
import * as Effect from "effect/Effect"
import type { QueryRow } from "@vodstation-etl/load/ArchiveQuery"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import type { FailedFile } from "@vodstation-etl/report/ReportData"
import { inRange, numberOf, partOf, textOf, textOrNull } from "./QueryCells.ts"

/** The API's path ends in the format's name: without that it stands for the file. In SQL, of what is a path and a format there. */
export const fileWithoutFormat = (path: string, format: string): string =>
  `CASE WHEN ${format} = '' THEN ${path} ELSE replace(${path}, '_' || ${format}, '') END`

const file = fileWithoutFormat("file_path", "output_type")

const question = `
WITH worst AS (
  SELECT
    category_id, file, max(category_name) AS category_name, count(*) AS failure,
    string_agg(DISTINCT output_type, ', ' ORDER BY output_type) AS formats,
    max(work_date) AS last_day, count(*) OVER () AS total
  FROM (
    SELECT category_id, category_name, output_type, work_date, ${file} AS file
    FROM encoding
    WHERE status = 'FAILURE' AND file_path <> '' AND ${inRange}
  ) AS failed
  GROUP BY category_id, file
  ORDER BY count(*) DESC, max(work_date) DESC, category_id, file
  LIMIT 500
),
completed AS (
  SELECT output.category_id, output.file, count(*) AS complete
  FROM (
    SELECT category_id, ${file} AS file
    FROM encoding
    WHERE status = 'COMPLETE' AND ${inRange} AND category_id IN (SELECT category_id FROM worst)
  ) AS output
  JOIN worst ON worst.category_id = output.category_id AND worst.file = output.file
  GROUP BY output.category_id, output.file
)
SELECT worst.*, coalesce(completed.complete, 0) AS complete
FROM worst
LEFT JOIN completed ON completed.category_id = worst.category_id AND completed.file = worst.file
ORDER BY worst.failure DESC, coalesce(completed.complete, 0), worst.last_day DESC, worst.category_id, worst.file`

export const readFailedFiles = Effect.fnUntraced(function* (range: [string, string]) {
  return partOf(yield* (yield* ArchiveQuery).select(question, range), failedFileOf)
})

const failedFileOf = (row: QueryRow): FailedFile => ({
  categoryId: textOf(row["category_id"]),
  categoryName: textOrNull(row["category_name"]),
  file: textOf(row["file"]),
  failure: numberOf(row["failure"]),
  complete: numberOf(row["complete"]),
  formats: textOf(row["formats"]),
  lastDay: textOf(row["last_day"]),
})
