/**
 * Reads an ISO 8601 time. The API writes `2021-09-14T15:49:12+0900`, a basic offset behind an extended time, which strict
 * RFC 3339 readers refuse (API facts, C15), and promises no more than "ISO 8601".
 */
export interface IsoInstant {
  /** Epoch ms, rounded down. */
  readonly ms: number
  /** Whether the text says more than milliseconds. */
  readonly finer: boolean
}

const extended =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)? ?(?:[Zz]|([+-])(\d\d)(?::?(\d\d))?)?$/
const basic =
  /^(\d{4})(\d\d)(\d\d)[Tt](\d\d)(\d\d)(?:(\d\d)(?:[.,](\d+))?)?(?:[Zz]|([+-])(\d\d)(?:(\d\d))?)?$/

const maxLength = 100

const minuteMs = 60_000
/** Times without an offset are Korean time, UTC+9, which has had no summer time since 1988. */
const koreanOffsetMs = 540 * minuteMs
/** The farthest offset that common time libraries know. */
const maxOffsetMs = 18 * 60 * minuteMs
const calendarCycleMs = 146_097 * 86_400_000

/**
 * The instant that `text` says; undefined if it says none: no time of day, or a date or time that does not exist (30
 * February, 24:00:00, a leap second). An offset may be `+0900`, `+09:00`, `+09`, `Z` or missing.
 */
export const parseIsoInstant = (text: string): IsoInstant | undefined =>
  parseDocumented(text) ?? parseAny(text)

/**
 * The documentation's own form, `2021-09-14T15:49:12+0900`, which nearly every row has: without a regular expression, whose
 * match of eleven texts takes four times as long. Undefined for what is not of this form, or no time in it.
 */
const parseDocumented = (text: string): IsoInstant | undefined => {
  if (
    text.length !== 24 ||
    text[4] !== "-" ||
    text[7] !== "-" ||
    text[10] !== "T" ||
    text[13] !== ":" ||
    text[16] !== ":" ||
    (text[19] !== "+" && text[19] !== "-")
  ) {
    return undefined
  }
  const offset = offsetMs(text[19], twoDigits(text, 20), twoDigits(text, 22))
  if (offset === undefined) return undefined
  return instantOf(
    {
      year: twoDigits(text, 0) * 100 + twoDigits(text, 2),
      month: twoDigits(text, 5),
      day: twoDigits(text, 8),
      hour: twoDigits(text, 11),
      minute: twoDigits(text, 14),
      second: twoDigits(text, 17),
      fraction: undefined,
    },
    offset,
  )
}

/** NaN where there are no two digits. */
const twoDigits = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48
  const units = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 ? tens * 10 + units : Number.NaN
}

const parseAny = (text: string): IsoInstant | undefined => {
  const match = text.length > maxLength ? null : (extended.exec(text) ?? basic.exec(text))
  if (match === null) return undefined
  const offset = offsetOf(text, match)
  if (offset === undefined) return undefined
  return instantOf(
    {
      year: Number(match[1]),
      month: Number(match[2]),
      day: Number(match[3]),
      hour: Number(match[4]),
      minute: Number(match[5]),
      second: match[6] === undefined ? 0 : Number(match[6]),
      fraction: match[7],
    },
    offset,
  )
}

interface LocalTime {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
  /** The digits of the second's fraction. */
  readonly fraction: string | undefined
}

const instantOf = (local: LocalTime, offset: number): IsoInstant | undefined => {
  const { year, month, day, hour, minute, second, fraction } = local
  // Written so that NaN is refused.
  const exists =
    year >= 0 && day >= 1 && day <= daysOf(month, year) && hour <= 23 && minute <= 59 && second <= 59
  if (!exists) return undefined
  const milliseconds = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, "0"))
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999; the calendar repeats every 400 years.
  const utc = Date.UTC(year + 400, month - 1, day, hour, minute, second, milliseconds) - calendarCycleMs
  return { ms: utc - offset, finer: fraction !== undefined && /[1-9]/.test(fraction.slice(3)) }
}

/** Days of the month; 0 for a month that does not exist. */
const daysOf = (month: number, year: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return month >= 1 && month <= 12 ? 31 : 0
}

const offsetOf = (text: string, match: RegExpExecArray): number | undefined => {
  if (match[8] !== undefined) {
    return offsetMs(match[8], Number(match[9]), match[10] === undefined ? 0 : Number(match[10]))
  }
  const last = text.charAt(text.length - 1)
  return last === "Z" || last === "z" ? 0 : koreanOffsetMs
}

const offsetMs = (sign: string | undefined, hours: number, minutes: number): number | undefined => {
  const offset = (hours * 60 + minutes) * minuteMs
  // Written so that NaN is refused.
  if (!(minutes <= 59 && offset <= maxOffsetMs)) return undefined
  return sign === "-" ? -offset : offset
}
