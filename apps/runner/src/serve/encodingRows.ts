/** Rows of `encoding` as pages show them. */
import type { QueryRow } from "@vodstation-etl/load/ArchiveQuery"
import type { EncodingRow, EncodingState } from "@vodstation-etl/report/DayData"
import { instantOf, numberOf, numberOrNull, textOf, textOrNull } from "../reportData/QueryCells.ts"
import { keyOrder } from "./rowConditions.ts"

const state = "category_name, status, percent, output_total_size, last_work_time, link, anomalies"
const columns = `work_date, ${keyOrder}, ${state}, requested_from, requested_before, missing_since`

/**
 * Rows of one day, by key, each with the count of its earlier states.
 *
 * @param condition on `encoding`; `$1` is the day
 */
export const encodingRows = (condition: string, limit: number): string => `
SELECT shown.*, (
  SELECT count(*)
  FROM encoding_history AS earlier
  WHERE earlier.work_date = $1::date AND earlier.category_id = shown.category_id
    AND earlier.file_path = shown.file_path AND earlier.output_type = shown.output_type
    AND earlier.occurrence = shown.occurrence
) AS earlier_states
FROM (SELECT ${columns} FROM encoding WHERE ${condition} ORDER BY ${keyOrder} LIMIT ${limit}) AS shown
ORDER BY ${keyOrder}`

/** The columns of `stateOf`. */
export const stateColumns = state

export const encodingOf = (row: QueryRow): EncodingRow => ({
  workDate: textOf(row["work_date"]),
  categoryId: textOf(row["category_id"]),
  filePath: textOf(row["file_path"]),
  outputType: textOf(row["output_type"]),
  occurrence: numberOf(row["occurrence"]),
  ...stateOf(row),
  requestedFrom: instantOf(row["requested_from"]) ?? 0,
  requestedBefore: instantOf(row["requested_before"]) ?? 0,
  missingSince: instantOf(row["missing_since"]),
  earlierStates: numberOf(row["earlier_states"]),
})

export const stateOf = (row: QueryRow): EncodingState => {
  const anomalies = row["anomalies"]
  return {
    categoryName: textOrNull(row["category_name"]),
    status: textOrNull(row["status"]),
    percent: numberOrNull(row["percent"]),
    bytes: numberOrNull(row["output_total_size"]),
    lastWorkAt: instantOf(row["last_work_time"]),
    link: textOrNull(row["link"]),
    anomalies: Array.isArray(anomalies) ? anomalies.map(String) : [],
  }
}
