/** Draws the calendar of an archive for a terminal of 80 columns. Its signs can be told apart without colours. */
import { styleText } from "node:util"
import { type CalendarMonth, countsInWords, type DayLook, sumOf } from "./calendar.ts"
import { counted } from "./countInWords.ts"

const looks: Readonly<
  Record<DayLook, { sign: string; colour: Parameters<typeof styleText>[0]; says: string }>
> = {
  closed: { sign: "#", colour: "green", says: "closed" },
  open: { sign: "o", colour: "yellow", says: "open" },
  failed: { sign: "X", colour: "red", says: "failed" },
  missing: { sign: "?", colour: "magenta", says: "missing between others" },
  unasked: { sign: ".", colour: "dim", says: "never asked for" },
}

const legend = ["closed", "open", "failed", "missing", "unasked"] as const

/** Gives a sign, or a few of one kind, the colour of what they say. */
export type Paint = (signs: string, look: DayLook) => string

/** Colours at a terminal only, and where neither NO_COLOR nor TERM=dumb is set; FORCE_COLOR has the last word. */
export const paintFor =
  (stream: NodeJS.WritableStream): Paint =>
  (signs, look) =>
    styleText(looks[look].colour, signs, { stream })

/** Months that are shown unless all are asked for. */
export const monthsShown = 24

const ruler = `${" ".repeat(9)}1   5    10   15   20   25   30`

/** @param all whether months before the last 24 are shown as well, and not only counted */
export const calendarPicture = (
  months: ReadonlyArray<CalendarMonth>,
  { all, paint }: { readonly all: boolean; readonly paint: Paint },
): ReadonlyArray<string> => {
  const earlier = all ? [] : months.slice(0, -monthsShown)
  return [
    ...earlierInWords(earlier),
    ruler,
    ...months.slice(earlier.length).map((month) => monthLine(month, paint)),
    "",
    legend.map((look) => `${paint(looks[look].sign, look)} ${looks[look].says}`).join("   "),
  ]
}

const earlierInWords = (earlier: ReadonlyArray<CalendarMonth>): ReadonlyArray<string> => {
  const [first, last] = [earlier[0], earlier.at(-1)]
  if (first === undefined || last === undefined) return []
  const months = counted(earlier.length, "earlier month")
  return [
    `${months}, ${first.month} to ${last.month} (--all shows them):`,
    `  ${countsInWords(sumOf(earlier), ["closed", "open", "failed", "missing"])}`,
    "",
  ]
}

const monthLine = (month: CalendarMonth, paint: Paint): string => {
  const picture = sequences(month.looks).map(({ look, length }) =>
    look === null ? " ".repeat(length) : paint(looks[look].sign.repeat(length), look),
  )
  const remark = countsInWords(month, ["open", "failed", "missing"])
  const line = `${month.month}  ${picture.join("")}`
  return remark === "" ? line.trimEnd() : `${line}${" ".repeat(33 - month.looks.length)}${remark}`
}

/** Days in a row that look alike, so that they are coloured at once. */
const sequences = (looks: ReadonlyArray<DayLook | null>) => {
  const found: Array<{ look: DayLook | null; length: number }> = []
  for (const look of looks) {
    const last = found.at(-1)
    if (last?.look === look) last.length++
    else found.push({ look, length: 1 })
  }
  return found
}
