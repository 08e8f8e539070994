/**
 * Reads what a person writes for `--from`, `--to` and `--since`: a date (`2021-09-12`), an instant with its offset
 * (`2021-09-12T00:00:00+09:00`, or epoch ms) or something relative to now (`now`, `today`, `-7d`, `-2w`). Windows are whole
 * work days, so that instants widen: `from` and `since` to the start of their day, `to` to the end of its day.
 */
import type * as DateTime from "effect/DateTime"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { addDays, dateOf, isCalendarDate, workDay } from "./WorkDay.ts"

const boundFlags = ["--from", "--to", "--since"] as const

export type BoundFlag = (typeof boundFlags)[number]

/** A bound that is no date, instant or relative time, or that does not exist. */
export class InvalidBound extends Schema.TaggedError<InvalidBound>()("InvalidBound", {
  flag: Schema.Literals(boundFlags),
  text: Schema.String,
  reason: Schema.String,
}) {
  override get message() {
    return `${this.flag} ${this.text}: ${this.reason}. Give a date like 2021-09-12, an instant like 2021-09-12T00:00:00+09:00, epoch milliseconds, or -7d.`
  }
}

const relativePattern = /^-(\d{1,5})([dw])$/
const instantPattern = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/

/**
 * The calendar date that the bound means: for `--from` and `--since` the first day of the window, for `--to` the day after
 * its last.
 *
 * @param nowMs the present, epoch ms
 */
export const parseBound = (
  flag: BoundFlag,
  text: string,
  zone: DateTime.TimeZone,
  nowMs: number,
): Result.Result<string, InvalidBound> => {
  const refuse = (reason: string) => Result.fail(new InvalidBound({ flag, text, reason }))
  const today = dateOf(nowMs, zone)

  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    return isCalendarDate(text) ? Result.succeed(text) : refuse("there is no such date")
  }
  const relative = relativePattern.exec(text)
  if (relative !== null) {
    const days = Number(relative[1]) * (relative[2] === "w" ? 7 : 1)
    const date = addDays(today, -days)
    return isCalendarDate(date) ? Result.succeed(date) : refuse("that is before 1970")
  }
  if (text === "today") return Result.succeed(today)
  const instant = text === "now" ? nowMs : instantOf(text)
  if (instant === undefined) return refuse("not understood")
  if (Number.isNaN(instant)) return refuse("there is no such time")
  const date = dateOf(instant, zone)
  if (!isCalendarDate(date)) return refuse("outside of the years 1970 to 9999")
  return Result.succeed(flag !== "--to" || workDay(date, zone).start === instant ? date : addDays(date, 1))
}

/** Epoch ms; NaN for a time that does not exist; undefined for what is no instant at all. */
const instantOf = (text: string): number | undefined => {
  if (/^\d{9,15}$/.test(text)) return Number(text)
  const match = instantPattern.exec(text)
  if (match === null) return undefined
  if (!isCalendarDate(match[1]!)) return Number.NaN
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, "$1:$2"))
}
