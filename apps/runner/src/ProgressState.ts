/** How far a run is, and what it looks like as text. Pure; `Progress.ts` puts it on the screen. */
export interface ProgressState {
  readonly startedAt: number
  /** Days to read. */
  readonly days: number
  readonly doneDays: number
  readonly failedDays: number
  /** Days being read and loaded, with the rows that came so far, in the order in which they began. */
  readonly inFlight: ReadonlyMap<string, number>
  readonly rows: number
  readonly requests: number
  readonly retries: number
}

export const startOfProgress = (days: number, startedAt: number): ProgressState => ({
  startedAt,
  days,
  doneDays: 0,
  failedDays: 0,
  inFlight: new Map(),
  rows: 0,
  requests: 0,
  retries: 0,
})

/** `1 h 05 min`, `3 min 20 s`, `12 s`. */
export const durationInWords = (ms: number): string => {
  const seconds = Math.round(ms / 1000)
  const two = (value: number) => String(value).padStart(2, "0")
  if (seconds < 60) return `${seconds} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${two(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${two(Math.floor((seconds % 3600) / 60))} min`
}

/** Time left, ms, if the days to come take as long as those done; undefined while none is done. */
export const timeLeft = (state: ProgressState, now: number): number | undefined =>
  state.doneDays === 0
    ? undefined
    : ((now - state.startedAt) / state.doneDays) * Math.max(0, state.days - state.doneDays)

const facts = (state: ProgressState, now: number): string => {
  const elapsed = Math.max(1, now - state.startedAt)
  const left = timeLeft(state, now)
  return [
    `${state.rows.toLocaleString("en-US")} rows`,
    `${Math.round((state.rows / elapsed) * 1000).toLocaleString("en-US")} rows/s`,
    `${state.requests.toLocaleString("en-US")} requests`,
    ...(state.retries > 0 ? [`${state.retries} retries`] : []),
    ...(state.failedDays > 0 ? [`${state.failedDays} failed`] : []),
    ...(left === undefined ? [] : [`${durationInWords(left)} left`]),
  ].join(" · ")
}

/** One line for where no terminal is. */
export const progressLine = (state: ProgressState, now: number): string =>
  `${state.doneDays} of ${state.days} days · ${facts(state, now)}`

/** A few lines for a terminal, none longer than `columns`. */
export const progressPicture = (state: ProgressState, now: number, columns: number): string => {
  const share = state.days === 0 ? 1 : state.doneDays / state.days
  const label = ` ${state.doneDays}/${state.days} days`
  const width = Math.max(4, Math.min(40, columns - label.length - 2))
  const filled = Math.round(share * width)
  const days = [...state.inFlight].map(([date, rows]) => `${date} ${rows.toLocaleString("en-US")}`).join("  ")
  return [`${"█".repeat(filled)}${"░".repeat(width - filled)}${label}`, facts(state, now), days]
    .filter((line) => line !== "")
    .map((line) => (line.length < columns ? line : `${line.slice(0, Math.max(0, columns - 2))}…`))
    .join("\n")
}
