/** One work day and a part of its rows, for its page. */
import * as Effect from "effect/Effect"
import { ArchiveQuery, type QueryRow } from "@vodstation-etl/load/ArchiveQuery"
import { addDays } from "@vodstation-etl/core/WorkDay"
import type { Choice, DayData } from "@vodstation-etl/report/DayData"
import type { DayFilter, EncodingKey } from "@vodstation-etl/report/pageAddress"
import { numberOf, textOf, textOrNull } from "../reportData/QueryCells.ts"
import { readDays } from "../reportData/readDays.ts"
import { encodingOf, encodingRows } from "./encodingRows.ts"
import { pageOrigin } from "../reportData/pageOrigin.ts"
import { rowsOfDay } from "./rowConditions.ts"

const rowsShown = 200
const choicesShown = 200

/** Each later question may know more than the first, as in a report. */
export const readDay = Effect.fn("readDay")(function* (
  day: string,
  filter: DayFilter,
  after: EncodingKey | null,
) {
  const query = yield* ArchiveQuery
  const all = rowsOfDay(day, filter)
  const shown = rowsOfDay(day, filter, after)
  const [figures] = yield* readDays([day, addDays(day, 1)])
  const [neighbours] = yield* query.select(neighboursQuestion, [day])
  const [counted] = yield* query.select(
    `SELECT count(*) AS total FROM encoding WHERE ${all.sql}`,
    all.parameters,
  )
  // One more, which tells whether there are more.
  const rows = yield* query.select(encodingRows(shown.sql, rowsShown + 1), shown.parameters)
  const rejects = yield* query.select(rejectsQuestion, [day])
  const data: DayData = {
    ...(yield* pageOrigin),
    day,
    figures: figures ?? null,
    previousDay: textOrNull(neighbours?.["previous"]),
    nextDay: textOrNull(neighbours?.["next"]),
    filter,
    ...(yield* readChoices(day)),
    total: numberOf(counted?.["total"]),
    after,
    rows: rows.slice(0, rowsShown).map(encodingOf),
    next: rows.length > rowsShown ? keyOf(encodingOf(rows[rowsShown - 1]!)) : null,
    rejects: rejects.map((row) => ({
      reason: textOf(row["reason"]),
      count: numberOf(row["count"]),
      payload: textOf(row["payload"]),
    })),
  }
  return data
})

const neighboursQuestion = `
SELECT
  (SELECT max(work_date) FROM extraction_day WHERE work_date < $1::date) AS previous,
  (SELECT min(work_date) FROM extraction_day WHERE work_date > $1::date) AS next`

const rejectsQuestion = `
SELECT reason, count, left(payload::text, 2000) AS payload
FROM rejected_record
WHERE work_date = $1::date
ORDER BY count DESC, fingerprint
LIMIT 200`

const choicesQuestion = `
SELECT kind, value, name, found
FROM (
  SELECT kind, value, name, found, row_number() OVER (PARTITION BY kind ORDER BY found DESC, value) AS place
  FROM (
    SELECT
      CASE WHEN grouping(status) = 0 THEN 'status' WHEN grouping(output_type) = 0 THEN 'format' ELSE 'category' END AS kind,
      CASE
        WHEN grouping(status) = 0 THEN coalesce(status, '')
        WHEN grouping(output_type) = 0 THEN output_type
        ELSE category_id::text
      END AS value,
      max(category_name) AS name, count(*) AS found
    FROM (
      SELECT coalesce(status, '') AS status, output_type, category_id, category_name
      FROM encoding
      WHERE work_date = $1::date
    ) AS of_day
    GROUP BY GROUPING SETS ((status), (output_type), (category_id))
  ) AS counted
) AS placed
WHERE place <= ${choicesShown}
ORDER BY kind, place`

/** What of the day's rows can be chosen: those of most rows first. */
export const readChoices = Effect.fnUntraced(function* (day: string) {
  const rows = yield* (yield* ArchiveQuery).select(choicesQuestion, [day])
  const of = (kind: string) => rows.filter((row) => row["kind"] === kind)
  return {
    statuses: of("status").map(choiceOf),
    formats: of("format").map(choiceOf),
    categories: of("category").map((row) => ({ ...choiceOf(row), name: textOrNull(row["name"]) })),
  }
})

const choiceOf = (row: QueryRow): Choice => ({ value: textOf(row["value"]), rows: numberOf(row["found"]) })

const keyOf = ({ workDate, categoryId, filePath, outputType, occurrence }: EncodingKey): EncodingKey => ({
  workDate,
  categoryId,
  filePath,
  outputType,
  occurrence,
})
