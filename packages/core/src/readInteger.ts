/** Reads a 64-bit integer, as a number or as text (API facts, C3, C6): exactly, beyond 2^53 too. */
import type { Decimal } from "./parseDecimal.ts"
import { parseDecimal } from "./parseDecimal.ts"
import type { FieldRead } from "./Remark.ts"
import { unreadable } from "./Remark.ts"

const notAnInteger = unreadable("not an integer")
const outOfRange = unreadable("out of range")
const negative = unreadable("negative")

/**
 * An integer that Postgres's `bigint` holds. Text may have spaces around it, a fraction of zeros and an exponent
 * (`" 10019.0 "`, `"1e3"`); blank text says nothing and is null.
 */
export const readInteger = (value: unknown): FieldRead<bigint> => {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return BigInt(value)
    // Its shortest text, and not its binary value, is what the answer said (`parseExactly`).
    const decimal = parseDecimal(String(value))
    return decimal === undefined ? outOfRange : int64(decimal)
  }
  if (typeof value === "string") {
    const text = value.trim()
    if (text === "") return null
    const decimal = parseDecimal(text)
    return decimal === undefined ? notAnInteger : int64(decimal)
  }
  return value === null || value === undefined ? null : notAnInteger
}

/** A size in bytes: an integer that is not negative. */
export const readSize = (value: unknown): FieldRead<bigint> => {
  const size = readInteger(value)
  return typeof size === "bigint" && size < 0n ? negative : size
}

const int64 = ({ digits, exponent, negative }: Decimal): FieldRead<bigint> => {
  if (digits === "") return 0n
  if (exponent < 0) return notAnInteger
  if (digits.length + exponent > 19) return outOfRange
  const magnitude = BigInt(digits + "0".repeat(exponent))
  const value = negative ? -magnitude : magnitude
  return BigInt.asIntN(64, value) === value ? value : outOfRange
}
