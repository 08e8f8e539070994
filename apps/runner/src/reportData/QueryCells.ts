/** What a report needs of the cells of an answer: numbers as charts take them, and texts. */
import type { QueryRow, QueryValue } from "@vodstation-etl/load/ArchiveQuery"

/** NULL is 0. Of bigints beyond 2^53 the last digits are lost. */
export const numberOf = (value: QueryValue | undefined): number => Number(value ?? 0)

export const numberOrNull = (value: QueryValue | undefined): number | null =>
  value === null || value === undefined ? null : Number(value)

export const textOf = (value: QueryValue | undefined): string => String(value ?? "")

export const textOrNull = (value: QueryValue | undefined): string | null =>
  value === null || value === undefined ? null : String(value)

/** Epoch ms of a timestamptz. */
export const instantOf = (value: QueryValue | undefined): number | null =>
  typeof value === "string" ? Date.parse(value) : null

/** Of an answer with the columns of the outcome views. */
export const outcomesOf = (row: QueryRow) => ({
  encodings: numberOf(row["encodings"]),
  complete: numberOf(row["complete"]),
  failure: numberOf(row["failure"]),
  canceled: numberOf(row["canceled"]),
  unfinished: numberOf(row["unfinished"]),
  bytes: numberOf(row["output_bytes"]),
})

/** The rows of an answer whose column `total` says how many there are without its LIMIT. */
export const partOf = <Row>(rows: ReadonlyArray<QueryRow>, read: (row: QueryRow) => Row) => ({
  rows: rows.map(read),
  total: numberOf(rows[0]?.["total"]),
})

/** The sums of the outcome views over a range of days. */
export const outcomeSums = `
  sum(encodings) AS encodings, sum(complete) AS complete, sum(failure) AS failure,
  sum(canceled) AS canceled, sum(unfinished) AS unfinished, sum(output_bytes) AS output_bytes`

export const inRange = "work_date >= $1::date AND work_date < $2::date"
