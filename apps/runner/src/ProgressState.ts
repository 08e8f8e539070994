/** How far a run is, and what it looks like as text. Pure; `Progress.ts` puts it on the screen. */
import { counted, grouped } from "./countInWords.ts"

export interface ProgressState {
  readonly startedAt: number
  /** Days to read. */
  readonly days: number
  readonly doneDays: number
  /** Days that failed or are in doubt, and whatever else was told as a problem. */
  readonly problems: number
  /** Days being read and loaded, in the order in which they began. */
  readonly inFlight: ReadonlyMap<string, DayInFlight>
  readonly rows: number
  readonly requests: number
  readonly retries: number
}

export interface DayInFlight {
  /** Pages that came. */
  readonly pages: number
  /** Pages that there are, as far as that is known; a list that moves takes more of them. */
  readonly of: number | undefined
}

export const startOfProgress = (days: number, startedAt: number): ProgressState => ({
  startedAt,
  days,
  doneDays: 0,
  problems: 0,
  inFlight: new Map(),
  rows: 0,
  requests: 0,
  retries: 0,
})

/**
 * Time left, ms, if the days to come take as long as those before them; undefined while no day is done. A day in flight
 * counts by its pages, so that the time does not jump when a long one ends.
 */
export const timeLeft = (state: ProgressState, now: number): number | undefined => {
  if (state.doneDays === 0) return undefined
  const begun = [...state.inFlight.values()].map(({ pages, of }) =>
    of === undefined || of === 0 ? 0 : Math.min(pages / of, 1),
  )
  const done = begun.reduce((sum, share) => sum + share, state.doneDays)
  return ((now - state.startedAt) / done) * Math.max(0, state.days - done)
}

const head = (state: ProgressState, left: string | undefined): string =>
  [`${state.doneDays} of ${counted(state.days, "day")}`, ...(left === undefined ? [] : [left])].join(" · ")

const facts = (state: ProgressState, now: number): string => {
  const perSecond = (state.rows / Math.max(1, now - state.startedAt)) * 1000
  return [
    // An audit counts rows without reading them.
    ...(state.rows > 0 ? [counted(state.rows, "row"), `${grouped(Math.round(perSecond))} rows/s`] : []),
    counted(state.requests, "request"),
    ...(state.retries > 0 ? [state.retries === 1 ? "1 retry" : `${grouped(state.retries)} retries`] : []),
    ...(state.problems > 0 ? [counted(state.problems, "problem")] : []),
  ].join(" · ")
}

/** `2021-09-16 7/13  09-17 2/9  09-18 0`: days in flight with their pages; the year only where it is another one. */
const daysInFlight = ({ inFlight }: ProgressState): string => {
  const days = [...inFlight]
  return days
    .map(([date, { pages, of }], index) => {
      const before = days[index - 1]?.[0]
      const day = before?.slice(0, 4) === date.slice(0, 4) ? date.slice(5) : date
      return `${day} ${pages}${of === undefined ? "" : `/${Math.max(of, pages)}`}`
    })
    .join("  ")
}

/** One line for where no terminal is. @param left the time left in words, where it is known */
export const progressLine = (state: ProgressState, now: number, left: string | undefined): string =>
  `${head(state, left)} · ${facts(state, now)}`

/** How a part of the picture is to look; `plain` where colours are not wanted. */
export type Paint = (look: "faint" | "warning", text: string) => string

export const plain: Paint = (_, text) => text

const widestBar = 40
const narrowestBar = 4

/** A few lines for a terminal, all shorter than `columns`: a bar, the facts, and the days in flight with their pages. */
export const progressPicture = (
  state: ProgressState,
  now: number,
  {
    left,
    columns,
    paint,
  }: { readonly left: string | undefined; readonly columns: number; readonly paint: Paint },
): string => {
  const width = Math.max(0, columns - 1)
  const title = head(state, left)
  const bar = Math.min(widestBar, width - title.length - 1)
  const share = state.days === 0 ? 1 : state.doneDays / state.days
  const filled = Math.round(share * bar)
  const inFlight = daysInFlight(state)
  return [
    bar < narrowestBar
      ? cut(title, width)
      : `${"█".repeat(filled)}${paint("faint", "░".repeat(bar - filled))} ${title}`,
    cut(facts(state, now), width),
    ...(inFlight === "" ? [] : [cut(`pages: ${inFlight}`, width)]),
  ].join("\n")
}

const cut = (line: string, width: number): string =>
  line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`.slice(0, width)
