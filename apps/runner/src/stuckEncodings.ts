/** Encodings that have been under way for too long, as `status` names them: which, in what state, since when, how old. */
import type { OpenEncoding } from "@vodstation-etl/load/Archive"
import { daysBetween } from "@vodstation-etl/core/WorkDay"
import { counted } from "./countInWords.ts"

export interface StuckEncoding {
  /** The day on which it was requested. */
  readonly day: string
  /** Whole days since then. */
  readonly days: number
  /** A bigint as text. */
  readonly categoryId: string
  readonly categoryName: string | null
  readonly filePath: string
  readonly outputType: string
  readonly status: string | null
  /** When it came into this state, ISO 8601: as the API says, or else when it was first seen so. */
  readonly since: string
}

/** @param today the present date, in the archive's zone */
export const stuckEncoding = (row: OpenEncoding, today: string): StuckEncoding => ({
  day: row.workDate,
  days: daysBetween(row.workDate, today),
  categoryId: String(row.categoryId),
  categoryName: row.categoryName,
  filePath: row.filePath,
  outputType: row.outputType,
  status: row.status,
  since: new Date(row.lastWorkTime ?? row.changedAt).toISOString(),
})

export const stuckInWords = (row: StuckEncoding): string => {
  const path = row.filePath === "" ? "(no path yet)" : row.filePath
  const status = row.status ?? "(no status)"
  return `${row.day}  ${counted(row.days, "day")} old, ${status} since ${row.since.slice(0, 16)}Z: category ${row.categoryId}, ${row.outputType}, ${path}`
}
