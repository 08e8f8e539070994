/** Days added up to weeks and months. Pure. */
import type { Outcomes, ReportDay } from "../ReportData.ts"

export type Unit = "day" | "week" | "month"

export interface Period extends Outcomes {
  /** Its first day, `YYYY-MM-DD`, or of a month `YYYY-MM`. */
  readonly start: string
  readonly bytes: number
  readonly rejected: number
}

/** Such that a chart has some thirty to a hundred and fifty bars. */
export const usualUnit = (days: number): Unit => (days <= 100 ? "day" : days <= 750 ? "week" : "month")

/** Weeks begin on Monday. */
export const periodStart = (day: string, unit: Unit): string => {
  if (unit === "day") return day
  if (unit === "month") return day.slice(0, 7)
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  return date.toISOString().slice(0, 10)
}

/** @param days in order, without gaps */
export const periodsOf = (days: ReadonlyArray<ReportDay>, unit: Unit): ReadonlyArray<Period> =>
  Array.from(
    Map.groupBy(days, ({ day }) => periodStart(day, unit)),
    ([start, days]) => ({
      start,
      ...outcomesOf(days),
      bytes: sumOf(days, (day) => day.bytes),
      rejected: sumOf(days, (day) => day.rejected),
    }),
  )

export const outcomesOf = (parts: ReadonlyArray<Outcomes>): Outcomes => ({
  encodings: sumOf(parts, (part) => part.encodings),
  complete: sumOf(parts, (part) => part.complete),
  failure: sumOf(parts, (part) => part.failure),
  canceled: sumOf(parts, (part) => part.canceled),
  unfinished: sumOf(parts, (part) => part.unfinished),
})

export const sumOf = <Row>(rows: ReadonlyArray<Row>, value: (row: Row) => number): number =>
  rows.reduce((total, row) => total + value(row), 0)

/** Of what ended as complete or failed, 0 to 1; null where nothing did. */
export const failureShare = ({ complete, failure }: Pick<Outcomes, "complete" | "failure">): number | null =>
  complete + failure === 0 ? null : failure / (complete + failure)
