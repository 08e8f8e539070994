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
export const parseIsoInstant = (text: string): IsoInstant | undefined => {
  const match = text.length > maxLength ? null : (extended.exec(text) ?? basic.exec(text))
  if (match === null) return undefined
  const year = Number(match[1])
  const month = Number(match[2])
  const day = Number(match[3])
  const hour = Number(match[4])
  const minute = Number(match[5])
  const second = match[6] === undefined ? 0 : Number(match[6])
  if (day < 1 || day > daysOf(month, year) || hour > 23 || minute > 59 || second > 59) return undefined

  const offset = offsetOf(text, match)
  if (offset === undefined) return undefined
  const fraction = match[7]
  const milliseconds = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, "0"))
  // `Date.UTC` takes the years 0 to 99 for 1900 to 1999; the calendar repeats every 400 years.
  const local = Date.UTC(year + 400, month - 1, day, hour, minute, second, milliseconds) - calendarCycleMs
  return { ms: local - offset, finer: fraction !== undefined && /[1-9]/.test(fraction.slice(3)) }
}

/** Days of the month; 0 for a month that does not exist. */
const daysOf = (month: number, year: number): number => {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  if (month === 4 || month === 6 || month === 9 || month === 11) return 30
  return month >= 1 && month <= 12 ? 31 : 0
}

const offsetOf = (text: string, match: RegExpExecArray): number | undefined => {
  if (match[8] === undefined) {
    const last = text.charAt(text.length - 1)
    return last === "Z" || last === "z" ? 0 : koreanOffsetMs
  }
  const minutes = match[10] === undefined ? 0 : Number(match[10])
  const offset = (Number(match[9]) * 60 + minutes) * minuteMs
  if (minutes > 59 || offset > maxOffsetMs) return undefined
  return match[8] === "-" ? -offset : offset
}
