/** How numbers, sizes, times and names are written in a language. Pure. */
import type { Language } from "../texts/ReportTexts.ts"

export interface Wording {
  readonly language: Language
  readonly count: (value: number) => string
  /** Of a share from 0 to 1, with the sign; a dash where there is none. */
  readonly percent: (share: number | null) => string
  readonly bytes: (value: number) => string
  readonly minutes: (value: number) => string
  /** `2026-08-14 03:17`, in the archive's time zone. */
  readonly instant: (ms: number) => string
  /** The same to the second: `2026-08-14 03:17:05`. */
  readonly moment: (ms: number) => string
  /** How long something took: `250 ms`, `34 sec`, `1 hr 30 min`, `2 days 2 hr`. */
  readonly lasted: (ms: number) => string
  /** In which instants are written: the archive's, where the browser knows it. */
  readonly timeZone: string
  readonly months: ReadonlyArray<string>
  /** From Sunday on. */
  readonly weekdays: ReadonlyArray<string>
}

const sizeUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"]

export const wordingIn = (language: Language, timeZone: string): Wording => {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const fine = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 })
  const tenths = new Intl.NumberFormat(language, { maximumFractionDigits: 1 })
  const hundredths = new Intl.NumberFormat(language, { maximumFractionDigits: 2 })
  const unit = (name: string) =>
    new Intl.NumberFormat(language, {
      style: "unit",
      unit: name,
      unitDisplay: "short",
      maximumFractionDigits: 0,
    })
  const [day, hour, minute] = [unit("day"), unit("hour"), unit("minute")]
  const [second, millisecond] = [unit("second"), unit("millisecond")]
  const parts = (value: number, large: Intl.NumberFormat, small: Intl.NumberFormat, size: number) => {
    const rest = Math.round(value % size)
    return rest === 0
      ? large.format(Math.floor(value / size))
      : `${large.format(Math.floor(value / size))} ${small.format(rest)}`
  }
  const minutes = (value: number) => {
    const rounded = Math.round(value)
    if (rounded < 60) return minute.format(rounded)
    if (rounded < 2 * 1440) return parts(rounded, hour, minute, 60)
    return parts(Math.round(rounded / 60), day, hour, 24)
  }
  const known = knows(timeZone)
  const clock = clockIn(known, timeZone, {})
  const fineClock = clockIn(known, timeZone, { second: "2-digit" })
  const named = (options: Intl.DateTimeFormatOptions, dates: ReadonlyArray<number>) =>
    dates.map((date) =>
      new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(new Date(date)),
    )
  return {
    language,
    count: (value) => whole.format(value),
    percent: (share) =>
      share === null ? "–" : `${(share < 0.1 ? hundredths : tenths).format(100 * share)} %`,
    bytes: (value) => {
      // 999,999 bytes are 1 MB and not 1000 kB.
      const power = Math.min(sizeUnits.length - 1, Math.floor(Math.log10(Math.max(1, value) * 1.0005) / 3))
      return `${fine.format(value / 1000 ** power)} ${sizeUnits[power]}`
    },
    minutes,
    instant: (ms) => clock.format(ms),
    moment: (ms) => fineClock.format(ms),
    lasted: (ms) => {
      if (ms < 1000) return millisecond.format(ms)
      return ms < 59_500 ? second.format(ms / 1000) : minutes(ms / 60_000)
    },
    timeZone: known ? timeZone : "UTC",
    months: named(
      { month: "short" },
      Array.from({ length: 12 }, (_, month) => Date.UTC(2024, month, 1)),
    ),
    // The 7th of January 2024 was a Sunday.
    weekdays: named(
      { weekday: "narrow" },
      Array.from({ length: 7 }, (_, index) => Date.UTC(2024, 0, 7 + index)),
    ),
  }
}

/** Swedes write times as ISO 8601 does. A browser that does not know the zone, such as a mere offset, writes UTC, and says so. */
const clockIn = (known: boolean, timeZone: string, more: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("sv-SE", {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    ...more,
    ...(known ? { timeZone } : { timeZone: "UTC", timeZoneName: "short" }),
  })

const knows = (timeZone: string): boolean => {
  try {
    return new Intl.DateTimeFormat("sv-SE", { timeZone }).resolvedOptions().timeZone !== ""
  } catch {
    return false
  }
}
