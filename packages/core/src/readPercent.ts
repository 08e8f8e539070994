/** Reads a progress in per cent, as a number or as text with or without its sign (API facts, C8). */
import { parseDecimal } from "./parseDecimal.ts"
import type { FieldRead } from "./Remark.ts"
import { unreadable } from "./Remark.ts"

const notANumber = unreadable("not a number")
const outOfRange = unreadable("out of range")

/**
 * A finite double. Values outside of 0 to 100 are kept as they are, since nothing promises the range; blank text says
 * nothing and is null.
 */
export const readPercent = (value: unknown): FieldRead<number> => {
  if (typeof value === "number") return finite(value)
  if (typeof value === "string") {
    const text = value.trim()
    if (text === "") return null
    const number = text.endsWith("%") ? text.slice(0, -1).trimEnd() : text
    // `Number` alone would also read "", "0x10" and "Infinity".
    return parseDecimal(number) === undefined ? notANumber : finite(Number(number))
  }
  return value === null || value === undefined ? null : notANumber
}

const finite = (value: number): FieldRead<number> => {
  if (!Number.isFinite(value)) return outOfRange
  // No column tells -0 from 0 reliably: a row must not change because one reading wrote it so.
  return value === 0 ? 0 : value
}
