/**
 * Reads a moment: ISO 8601 text, epoch milliseconds as a number or as text, or one of the objects that Java's time types
 * turn into when they are printed field by field. The older documentation calls the field an Object without saying which
 * (API facts, C7).
 */
import * as Predicate from "effect/Predicate"
import { parseDecimal } from "./parseDecimal.ts"
import { parseIsoInstant } from "./parseIsoInstant.ts"
import { readInteger } from "./readInteger.ts"
import type { FieldRead } from "./Remark.ts"
import { Remark, unreadable } from "./Remark.ts"

const notATime = unreadable("not a time")
const outOfRange = unreadable("out of range")

/** 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999Z: four-digit years, which every archive can write. */
export const firstInstant = -62_135_596_800_000
export const lastInstant = 253_402_300_799_999

/**
 * Below this (March 1973) a bare number is no plausible count of milliseconds; it may well be one of seconds, but that is
 * documented nowhere, and a wrong guess would be a wrong time that looks right.
 */
export const leastEpochMs = 100_000_000_000

/**
 * Epoch ms, rounded down to the millisecond; with a `Remark` where the source said more. Text without an offset is Korean
 * time. Objects: `{ time }` with epoch ms or ISO text, and `{ epochSecond, nano }`; a `Remark` where they hold other fields.
 */
export const readInstant = (value: unknown): FieldRead<number> => {
  if (typeof value === "string") return readTimeText(value.trim())
  if (typeof value === "number") return epochMs(Math.floor(value), !Number.isInteger(value))
  if (value === null || value === undefined) return null
  return Predicate.isReadonlyObject(value) ? readTimeObject(value) : notATime
}

const readTimeText = (text: string): FieldRead<number> => {
  if (text === "") return null
  const iso = parseIsoInstant(text)
  if (iso !== undefined) return inRange(iso.ms, iso.finer)
  const decimal = parseDecimal(text)
  if (decimal === undefined) return notATime
  const { digits, exponent, negative } = decimal
  // Too small or too large, before its digits are written out.
  if (negative || digits.length + exponent < 12 || digits.length + exponent > 15) return outOfRange
  const whole = Number(exponent < 0 ? digits.slice(0, exponent) : digits + "0".repeat(exponent))
  return epochMs(whole, exponent < 0)
}

const readTimeObject = (value: { readonly [field: PropertyKey]: unknown }): FieldRead<number> => {
  const { time, epochSecond, nano } = value
  if (time !== undefined && time !== null) {
    return typeof time === "object" ? notATime : withOtherFields(readInstant(time), value, 1)
  }
  const seconds = readInteger(epochSecond)
  const nanos = nano === undefined || nano === null ? 0n : readInteger(nano)
  if (typeof seconds !== "bigint" || typeof nanos !== "bigint") return notATime
  if (nanos < 0n || nanos > 999_999_999n) return notATime
  const read = inRange(Number(seconds) * 1000 + Number(nanos / 1_000_000n), nanos % 1_000_000n !== 0n)
  return withOtherFields(read, value, nano === undefined ? 1 : 2)
}

const withOtherFields = (read: FieldRead<number>, value: object, understood: number): FieldRead<number> =>
  typeof read === "number" && Object.keys(value).length > understood ? new Remark(read, null) : read

const epochMs = (ms: number, finer: boolean): FieldRead<number> =>
  ms < leastEpochMs ? outOfRange : inRange(ms, finer)

const inRange = (ms: number, finer: boolean): FieldRead<number> => {
  // Written so that NaN is out of range.
  if (!(ms >= firstInstant && ms <= lastInstant)) return outOfRange
  return finer ? new Remark(ms, null) : ms
}
