/**
 * Where the calendar days of a time zone begin. Days are 23 or 25 hours long where clocks change, so that each
 * start is looked up rather than computed from the one before.
 */

const offsetMs = (format: Intl.DateTimeFormat, ms: number): number => {
  const parts = new Map<string, number>(
    format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: string): number => parts.get(type) ?? 0
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  )
  return local - Math.floor(ms / 1000) * 1000
}

const formatOf = (zone: string): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  })

const localDate = (format: Intl.DateTimeFormat, ms: number): string =>
  new Date(ms + offsetMs(format, ms)).toISOString().slice(0, 10)

/**
 * The starts, in ms since the epoch, of `count` calendar days of `zone` from `firstDay` (YYYY-MM-DD) on.
 * Throws a RangeError for an unknown zone or a date that is none.
 */
export const dayStarts = (zone: string, firstDay: string, count: number): Float64Array => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(firstDay)) throw new RangeError(`not a date (YYYY-MM-DD): ${firstDay}`)
  const first = Date.parse(`${firstDay}T00:00:00Z`)
  if (Number.isNaN(first)) throw new RangeError(`not a date (YYYY-MM-DD): ${firstDay}`)
  const format = formatOf(zone)
  const starts = new Float64Array(count)
  for (let day = 0; day < count; day++) {
    const wall = first + day * 86_400_000
    const date = new Date(wall).toISOString().slice(0, 10)
    // Midnight by the clock of the day before and of the day after: where clocks change at midnight it is told once, twice or never.
    const midnights = [-86_400_000, 86_400_000].map((aside) => wall - offsetMs(format, wall + aside))
    const within = midnights.filter((ms) => localDate(format, ms) === date)
    starts[day] = Math.min(...(within.length > 0 ? within : midnights))
  }
  return starts
}

/** The calendar date (YYYY-MM-DD) in `zone` of an instant in ms since the epoch, moved by `plusDays`. */
export const dateOf = (zone: string, ms: number, plusDays = 0): string => {
  const local = ms + offsetMs(formatOf(zone), ms)
  return new Date(local + plusDays * 86_400_000).toISOString().slice(0, 10)
}
