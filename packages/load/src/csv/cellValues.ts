/**
 * Values of cells other than text, read back from the archive's own files. They throw a plain `Error` at what the archive
 * never writes: a file that someone edited must stop the merge and not be taken for data.
 */
import { isCalendarDate } from "@vodstation-etl/core/WorkDay"
import type { Cell } from "./CsvTable.ts"

const integerPattern = /^-?\d+$/
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

const unreadable = (what: string, cell: Cell): Error =>
  new Error(`${cell === null ? "an empty cell" : JSON.stringify(cell.slice(0, 100))} is no ${what}`)

/** `2021-09-14T06:49:12.000Z`, from epoch ms. */
export const timeText = (ms: number): string => new Date(ms).toISOString()

const repeated = new Map<number, string>()

/** `timeText` for columns in which the same few moments stand again and again. */
export const repeatedTimeText = (ms: number): string => {
  let text = repeated.get(ms)
  if (text === undefined) {
    text = timeText(ms)
    if (repeated.size >= 1_000) repeated.clear()
    repeated.set(ms, text)
  }
  return text
}

/** Epoch ms. */
export const readTime = (cell: Cell): number => {
  const ms = cell !== null && instantPattern.test(cell) ? Date.parse(cell) : Number.NaN
  if (Number.isNaN(ms)) throw unreadable("time", cell)
  return ms
}

export const readBigint = (cell: Cell): bigint => {
  if (cell === null || !integerPattern.test(cell)) throw unreadable("whole number", cell)
  return BigInt(cell)
}

/** A whole number within JavaScript's exact range: counts and occurrences. */
export const readCount = (cell: Cell): number => Number(readBigint(cell))

export const readDouble = (cell: Cell): number => {
  const value = cell === null || cell.trim() === "" ? Number.NaN : Number(cell)
  if (Number.isNaN(value) && cell !== "NaN") throw unreadable("number", cell)
  return value
}

export const readText = (cell: Cell): string => {
  if (cell === null) throw unreadable("text", cell)
  return cell
}

export const readTexts = (cell: Cell): ReadonlyArray<string> => {
  const value: unknown = JSON.parse(readText(cell))
  if (!Array.isArray(value) || !value.every((text) => typeof text === "string"))
    throw unreadable("list of texts", cell)
  return value
}

export const readDate = (cell: Cell): string => {
  if (cell === null || !isCalendarDate(cell)) throw unreadable("date", cell)
  return cell
}

/** Reads with `read` unless the cell is NULL. */
export const orNull = <A>(cell: Cell, read: (cell: Cell) => A): A | null =>
  cell === null ? null : read(cell)
