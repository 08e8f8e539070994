/**
 * A time left that people can look at: it counts down, and goes to a new estimate slowly, so that one quick or slow day does
 * not make it jump. Pure.
 */
import { durationInWords } from "./durationInWords.ts"

export interface SteadyTime {
  /** When all is done, epoch ms. */
  readonly end: number
  /** When that was thought, epoch ms. */
  readonly at: number
}

/** How long it takes to go most of the way to another estimate, ms; less where less time is left. */
const slowest = 15_000
const quickest = 1_000

/** @param left the estimate of now, ms */
export const steadyTime = (before: SteadyTime | undefined, left: number, now: number): SteadyTime => {
  if (before === undefined) return { end: now + left, at: now }
  const pace = Math.min(slowest, Math.max(quickest, left / 4))
  const share = 1 - Math.exp(-Math.max(0, now - before.at) / pace)
  return { end: before.end + (now + left - before.end) * share, at: now }
}

/** `about 5 min left`, in steps that grow with it: to the second only for the last few. */
export const leftInWords = ({ end }: SteadyTime, now: number): string => {
  const seconds = Math.max(0, (end - now) / 1000)
  const step = steps.find(([from]) => seconds > from)![1]
  const shown = Math.ceil(seconds / step) * step
  // Without a `00 s` that says more than is known.
  return `about ${durationInWords(shown * 1000).replace(/ 00 (s|min)$/, "")} left`
}

/** From so many seconds on, in steps of so many. */
const steps = [
  [3600, 300],
  [300, 60],
  [60, 30],
  [10, 5],
  [-1, 1],
] as const
