/** What becomes of each format's encodings, how large they get and how long they take. */
import * as Effect from "effect/Effect"
import type { QueryRow, QueryValue } from "@vodstation-etl/load/ArchiveQuery"
import { ArchiveQuery } from "@vodstation-etl/load/ArchiveQuery"
import type { FormatFigures, Spread, Turnaround } from "@vodstation-etl/report/ReportData"
import { inRange, numberOf, outcomesOf, outcomeSums, textOf } from "./QueryCells.ts"

/** The name is free text: there may be any number of them. */
const most = 100

const outcomeQuestion = `
SELECT output_type, ${outcomeSums}
FROM output_type_outcome
WHERE ${inRange}
GROUP BY output_type
ORDER BY sum(encodings) DESC, output_type
LIMIT ${most}`

const share = (of: string, share: number) => `percentile_cont(${share}) WITHIN GROUP (ORDER BY ${of})`

const sizeQuestion = `
SELECT
  output_type,
  ${[5, 25, 50, 75, 95].map((percent) => `${share("size", percent / 100)} AS p${percent}`).join(",\n  ")}
FROM (
  SELECT output_type, output_total_size::double precision AS size
  FROM encoding
  WHERE output_total_size > 0 AND ${inRange}
) AS sized
GROUP BY output_type`

/** As docs/cookbook tells of turnaround. Encodings that were read in windows of at most an hour are told apart: their bounds are close. */
const turnaroundQuestion = `
SELECT
  output_type,
  window_minutes <= 60 AS narrow,
  count(*) AS encodings,
  max(window_minutes) AS window_minutes,
  ${share("least_minutes", 0.5)} AS half_least,
  ${share("most_minutes", 0.5)} AS half_most,
  ${share("least_minutes", 0.9)} AS tenths_least,
  ${share("most_minutes", 0.9)} AS tenths_most
FROM (
  SELECT
    output_type,
    (extract(epoch FROM requested_before - requested_from) / 60)::double precision AS window_minutes,
    greatest((extract(epoch FROM last_work_time - requested_before) / 60)::double precision, 0) AS least_minutes,
    greatest((extract(epoch FROM last_work_time - requested_from) / 60)::double precision, 0) AS most_minutes
  FROM encoding
  WHERE status = 'COMPLETE' AND last_work_time IS NOT NULL AND ${inRange}
) AS ended
GROUP BY output_type, window_minutes <= 60`

export const readFormats = Effect.fnUntraced(function* (range: [string, string]) {
  const query = yield* ArchiveQuery
  const outcomes = yield* query.select(outcomeQuestion, range)
  const sizes = byFormat(yield* query.select(sizeQuestion, range))
  const times = byFormat(yield* query.select(turnaroundQuestion, range))
  return outcomes.map((row): FormatFigures => {
    const format = textOf(row["output_type"])
    const size = sizes.get(format)?.[0]
    return {
      format,
      ...outcomesOf(row),
      sizes: size === undefined ? null : spreadOf(size),
      turnaround: narrowest((times.get(format) ?? []).map(turnaroundOf)),
    }
  })
})

const byFormat = (rows: ReadonlyArray<QueryRow>) => Map.groupBy(rows, (row) => textOf(row["output_type"]))

const spreadOf = (row: QueryRow): Spread => ({
  p5: Math.round(numberOf(row["p5"])),
  p25: Math.round(numberOf(row["p25"])),
  p50: Math.round(numberOf(row["p50"])),
  p75: Math.round(numberOf(row["p75"])),
  p95: Math.round(numberOf(row["p95"])),
})

const turnaroundOf = (row: QueryRow): Turnaround => ({
  encodings: numberOf(row["encodings"]),
  window: numberOf(row["window_minutes"]),
  half: [hundredths(row["half_least"]), hundredths(row["half_most"])],
  nineTenths: [hundredths(row["tenths_least"]), hundredths(row["tenths_most"])],
})

/** Finer digits differ between the two kinds of archive. */
const hundredths = (value: QueryValue | undefined): number => Math.round(numberOf(value) * 100) / 100

/** So many encodings say something of the others. */
const enough = 30

/** Close bounds of some encodings tell more than wide ones of all, unless they are of too few. */
const narrowest = (all: ReadonlyArray<Turnaround>): Turnaround | null => {
  const byWindow = all.toSorted((a, b) => a.window - b.window)
  return byWindow.find(({ encodings }) => encodings >= enough) ?? byWindow.at(-1) ?? null
}
