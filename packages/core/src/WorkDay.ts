/**
 * A work day: the calendar day, in the archive's time zone, on which an encoding was requested. It is the window that
 * the API filters by, and the unit of planning, reading, proving, loading and resuming.
 *
 * The range is half-open and in epoch milliseconds. It is 23, 24 or 25 hours long where the zone changes its clocks,
 * and starts at the first instant of the date where midnight itself does not exist. The ranges of neighbouring days
 * touch, so that every instant lies in exactly one day.
 */
import * as DateTime from "effect/DateTime"
import * as Option from "effect/Option"

export interface WorkDay {
  /** The calendar date, `YYYY-MM-DD`. */
  readonly date: string
  /** First instant of the day, epoch ms. */
  readonly start: number
  /** First instant of the next day, epoch ms. */
  readonly end: number
}

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/
const msPerDay = 86_400_000

/** Whether `text` is a calendar date that exists: `2021-02-30` does not. Years 1970 to 9999, as the API counts from 1970. */
export const isCalendarDate = (text: string): boolean => {
  const match = datePattern.exec(text)
  if (match === null || Number(match[1]) < 1970) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

/** The date `days` after (or, negative, before) `date`. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * msPerDay).toISOString().slice(0, 10)

/** Calendar days from one date to another; negative where `to` comes first. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / msPerDay

const startOfDate = (date: string, zone: DateTime.TimeZone): number => {
  const [year, month, day] = date.split("-").map(Number)
  return DateTime.makeZonedUnsafe(
    { year: year!, month: month!, day: day! },
    { timeZone: zone, adjustForTimeZone: true },
  ).epochMilliseconds
}

/** The work day of a calendar date. `date` must exist (`isCalendarDate`). */
export const workDay = (date: string, zone: DateTime.TimeZone): WorkDay => ({
  date,
  start: startOfDate(date, zone),
  end: startOfDate(addDays(date, 1), zone),
})

/** The calendar date, in `zone`, that the instant `ms` falls on. */
export const dateOf = (ms: number, zone: DateTime.TimeZone): string =>
  DateTime.formatIsoDate(DateTime.setZone(DateTime.makeUnsafe(ms), zone))

/**
 * The work days of [fromDate, beforeDate), in order. A date that its zone skipped as a whole (30 December 2011 in Samoa)
 * has no instants and is left out.
 */
export const workDays = (
  fromDate: string,
  beforeDate: string,
  zone: DateTime.TimeZone,
): ReadonlyArray<WorkDay> => {
  const days: Array<WorkDay> = []
  let start = startOfDate(fromDate, zone)
  for (let date = fromDate; date < beforeDate;) {
    const next = addDays(date, 1)
    const end = startOfDate(next, zone)
    if (end > start) days.push({ date, start, end })
    date = next
    start = end
  }
  return days
}

/** Between -14:00 and +14:00, which no place on Earth exceeds. Effect itself would read `+25:99`. */
const offsetPattern = /^[+-](?:(?:0\d|1[0-3]):?[0-5]\d|14:?00)$/

/** The named zone (`Asia/Seoul`) or fixed offset (`+09:00`) that `name` stands for, if there is one. */
export const timeZone = (name: string): Option.Option<DateTime.TimeZone> =>
  Option.filter(
    DateTime.zoneFromString(name),
    (zone) => DateTime.isTimeZoneNamed(zone) || offsetPattern.test(name),
  )
