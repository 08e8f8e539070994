/** The runs that began in the range of days, or loaded what the archive holds of one. */
import * as Effect from "effect/Effect"
import type { QueryRow } from "@vodstation-etl/load/ArchiveQuery"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import type { RunFigures } from "@vodstation-etl/report/ReportData"
import { inRange, instantOf, numberOf, textOf } from "./QueryCells.ts"

/** Ten years of nights. */
const most = 4000

const question = `
SELECT command, started_at, finished_at, outcome, rows_read, requests, retries
FROM extraction_run
WHERE finished_at IS NOT NULL
  AND (
    (started_at >= $1::timestamptz AND started_at < $2::timestamptz)
    OR run_id IN (SELECT run_id FROM extraction_day WHERE ${inRange})
  )
ORDER BY started_at DESC
LIMIT ${most}`

export const readRuns = Effect.fnUntraced(function* (range: [string, string]) {
  return (yield* (yield* ArchiveQuery).select(question, range)).map(runOf).toReversed()
})

const outcomes = ["complete", "incomplete", "interrupted"] as const

const runOf = (row: QueryRow): RunFigures => {
  const startedAt = instantOf(row["started_at"]) ?? 0
  return {
    command: textOf(row["command"]),
    startedAt,
    seconds: ((instantOf(row["finished_at"]) ?? startedAt) - startedAt) / 1000,
    outcome: outcomes.find((outcome) => outcome === row["outcome"]) ?? "failed",
    rows: numberOf(row["rows_read"]),
    requests: numberOf(row["requests"]),
    retries: numberOf(row["retries"]),
  }
}
