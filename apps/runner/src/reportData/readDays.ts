/** Every day of the range with what became of it, gaps included. */
import * as Effect from "effect/Effect"
import type { QueryRow } from "@vodstation-etl/load/ArchiveQuery"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import type { ReportDay } from "@vodstation-etl/report/ReportData"
import { inRange, instantOf, numberOf, outcomesOf, textOf, textOrNull } from "./QueryCells.ts"

const question = `
SELECT
  covered.work_date, covered.state, covered.proof, covered.read_at, covered.error,
  covered.open_rows, covered.rejected_rows, day.requests,
  outcome.encodings, outcome.complete, outcome.failure, outcome.canceled, outcome.unfinished,
  outcome.missing, outcome.output_bytes
FROM coverage AS covered
LEFT JOIN extraction_day AS day ON day.work_date = covered.work_date
LEFT JOIN (SELECT * FROM daily_outcome WHERE ${inRange}) AS outcome ON outcome.work_date = covered.work_date
WHERE covered.work_date >= $1::date AND covered.work_date < $2::date
ORDER BY covered.work_date`

export const readDays = Effect.fnUntraced(function* (range: [string, string]) {
  return (yield* (yield* ArchiveQuery).select(question, range)).map(dayOf)
})

const looks = ["closed", "open", "failed", "missing"] as const
const proofs = ["single-page", "pigeonhole", "count"] as const

const dayOf = (row: QueryRow): ReportDay => ({
  day: textOf(row["work_date"]),
  look: looks.find((look) => look === row["state"]) ?? "missing",
  proof: proofs.find((proof) => proof === row["proof"]) ?? null,
  ...outcomesOf(row),
  forgotten: numberOf(row["missing"]),
  rejected: numberOf(row["rejected_rows"]),
  openRows: numberOf(row["open_rows"]),
  requests: numberOf(row["requests"]),
  readAt: instantOf(row["read_at"]),
  error: textOrNull(row["error"]),
})
