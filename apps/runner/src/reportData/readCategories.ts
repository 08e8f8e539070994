/** What became of each category's encodings; those that fail most first. */
import * as Effect from "effect/Effect"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import { inRange, outcomesOf, outcomeSums, partOf, textOf, textOrNull } from "./QueryCells.ts"

const question = `
SELECT category_id, max(category_name) AS category_name, ${outcomeSums}, count(*) OVER () AS total
FROM category_outcome
WHERE ${inRange}
GROUP BY category_id
ORDER BY sum(failure) DESC, sum(encodings) DESC, category_id
LIMIT 300`

export const readCategories = Effect.fnUntraced(function* (range: [string, string]) {
  const rows = yield* (yield* ArchiveQuery).select(question, range)
  return partOf(rows, (row) => ({
    id: textOf(row["category_id"]),
    name: textOrNull(row["category_name"]),
    ...outcomesOf(row),
  }))
})
