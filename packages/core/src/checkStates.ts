/** The states of one row in time, as `check` looks at them: what the merge (`mergeIdentity`) can never have left behind. */
import type { StoredEncoding } from "./Encoding.ts"
import { isTerminal } from "./Encoding.ts"
import type { Rule } from "./Finding.ts"

/** A state of a row, the present one or a past one. */
export interface HeldState extends StoredEncoding {
  /** Epoch ms; null for the present one. */
  readonly supersededAt: number | null
}

/**
 * @param states all of one day and key, in any order
 * @param report is told what is off
 */
export const checkStates = (
  states: ReadonlyArray<HeldState>,
  report: (rule: Rule, message: string) => void,
): void => {
  const inTime = states.length === 1 ? states : states.toSorted(compareInTime)
  for (const [at, state] of inTime.entries()) {
    checkValues(state, report)
    checkTimes(state, report)
    const before = inTime[at - 1]
    if (before !== undefined && endOf(before) > state.changedAt) {
      report("overlap", `the state since ${text(before.changedAt)} goes on beyond ${text(state.changedAt)}`)
    }
    if (state.changedAt > state.firstSeenAt && !follows(before, state)) {
      report("unrecorded", `it changed at ${text(state.changedAt)}, and the state before that is not told`)
    }
    if (state.supersededAt !== null && isTerminal(state) && !follows(state, inTime[at + 1])) {
      report("lost", `it was ${state.status} until ${text(state.supersededAt)}, and nothing came after that`)
    }
  }
}

/** A state that lasted no time comes before the one that took its place, and one life of the key before the next. */
const compareInTime = (a: HeldState, b: HeldState): number =>
  a.changedAt - b.changedAt || compareEnds(endOf(a), endOf(b)) || a.firstSeenAt - b.firstSeenAt

const compareEnds = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

const endOf = (state: HeldState): number => state.supersededAt ?? Number.POSITIVE_INFINITY

/** Whether the one took the place of the other, in the same row's life. */
const follows = (before: HeldState | undefined, after: HeldState | undefined): boolean =>
  before !== undefined &&
  after !== undefined &&
  before.supersededAt === after.changedAt &&
  before.firstSeenAt === after.firstSeenAt

const checkValues = (state: HeldState, report: (rule: Rule, message: string) => void): void => {
  const { percent, outputTotalSize, occurrence, missingSince, supersededAt } = state
  // What a past state was, it was: to read the day again puts the present right, and leaves it as history.
  const present = supersededAt === null
  if (present && percent !== null && !(percent >= 0 && percent <= 100))
    report("range", `percent is ${percent}, not 0 to 100`)
  if (present && outputTotalSize !== null && outputTotalSize < 0n)
    report("range", `output_total_size is ${outputTotalSize} bytes`)
  if (!(occurrence >= 1)) report("range", `occurrence is ${occurrence}`)
  if (missingSince !== null && !isTerminal(state))
    report("notFinished", `it is marked as missing, but its status is ${state.status ?? "unknown"}`)
}

const checkTimes = (state: HeldState, report: (rule: Rule, message: string) => void): void => {
  const { firstSeenAt, changedAt, supersededAt, missingSince, requestedFrom, requestedBefore } = state
  if (changedAt < firstSeenAt) report("times", `it changed before it was first seen, ${text(firstSeenAt)}`)
  if (supersededAt !== null && supersededAt < changedAt)
    report("times", `a state ended at ${text(supersededAt)}, before it began`)
  if (missingSince !== null && missingSince < changedAt)
    report("times", `it was missing at ${text(missingSince)}, before it became what it is`)
  if (requestedFrom >= requestedBefore)
    report("times", `it was requested before ${text(requestedBefore)} and from ${text(requestedFrom)} on`)
}

const text = (ms: number): string => new Date(ms).toISOString()
