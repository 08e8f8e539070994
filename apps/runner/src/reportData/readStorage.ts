/** What was added in each month: by the categories of most bytes, and by all others together. */
import * as Effect from "effect/Effect"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import type { StorageFigures } from "@vodstation-etl/report/ReportData"
import { inRange, numberOf, textOf, textOrNull } from "./QueryCells.ts"

/** As many as there are colours that can be told apart, and one for the others. */
const categoriesShown = 7

/** Added up by day first, as the view `storage_growth` does, which would read the archive from its beginning. */
const question = `
SELECT
  date_trunc('month', work_date::timestamp)::date AS month, category_id,
  max(category_name) AS category_name, sum(outputs) AS outputs, sum(added_bytes) AS added_bytes
FROM (
  SELECT
    work_date, category_id, max(category_name) AS category_name,
    count(*) AS outputs, sum(output_total_size) AS added_bytes
  FROM encoding
  WHERE output_total_size > 0 AND ${inRange}
  GROUP BY work_date, category_id
) AS of_day
GROUP BY 1, 2
ORDER BY 1, 2`

export const readStorage = Effect.fnUntraced(function* (range: [string, string]) {
  const rows = yield* (yield* ArchiveQuery).select(question, range)
  return withOthers(
    rows.map((row) => ({
      month: textOf(row["month"]).slice(0, 7),
      categoryId: textOf(row["category_id"]),
      categoryName: textOrNull(row["category_name"]),
      outputs: numberOf(row["outputs"]),
      bytes: numberOf(row["added_bytes"]),
    })),
  )
})

/** @param rows by month */
export const withOthers = (rows: ReadonlyArray<StorageFigures>): ReadonlyArray<StorageFigures> => {
  const sums = new Map<string | null, number>()
  for (const { categoryId, bytes } of rows) sums.set(categoryId, (sums.get(categoryId) ?? 0) + bytes)
  const largest = new Set(
    [...sums]
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, categoriesShown)
      .map(([categoryId]) => categoryId),
  )
  return [...Map.groupBy(rows, ({ month }) => month)].flatMap(([month, ofMonth]) => {
    const others = ofMonth.filter(({ categoryId }) => !largest.has(categoryId))
    const sum = (value: (row: StorageFigures) => number) =>
      others.reduce((total, row) => total + value(row), 0)
    return [
      ...ofMonth.filter(({ categoryId }) => largest.has(categoryId)),
      ...(others.length === 0
        ? []
        : [
            {
              ...{ month, categoryId: null, categoryName: null },
              outputs: sum(({ outputs }) => outputs),
              bytes: sum(({ bytes }) => bytes),
            },
          ]),
    ]
  })
}
