/** How the days of an archive are laid out as calendars. Pure. */
export interface CalendarBlock {
  /** First and last day, whole months. */
  readonly from: string
  readonly to: string
}

/**
 * A block a year, or two where it is narrow, from the month of the first day to that of the last one, in order.
 *
 * @param first, last days
 */
export const calendarBlocks = (
  first: string,
  last: string,
  halves: boolean,
): ReadonlyArray<CalendarBlock> => {
  const blocks: Array<CalendarBlock> = []
  const starts = halves ? ["01", "07"] : ["01"]
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1) {
    for (const [index, month] of starts.entries()) {
      const ends = starts[index + 1] === undefined ? `${year}-12` : `${year}-06`
      const from = max(`${year}-${month}`, first.slice(0, 7))
      const to = min(ends, last.slice(0, 7))
      if (from <= to) blocks.push({ from: `${from}-01`, to: lastDayOf(to) })
    }
  }
  return blocks
}

/** Columns of a block, a week each, from Monday on. */
export const weeksOf = ({ from, to }: CalendarBlock): number => {
  const monday = (new Date(`${from}T00:00:00Z`).getUTCDay() + 6) % 7
  return Math.ceil((monday + (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1) / 7)
}

const lastDayOf = (month: string): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10)

const max = (a: string, b: string) => (a > b ? a : b)
const min = (a: string, b: string) => (a < b ? a : b)
