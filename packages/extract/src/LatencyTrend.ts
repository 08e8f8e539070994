/**
 * Whether answers of about one size have become slow because of how much is asked at once. Pure.
 *
 * Like TCP Vegas and Netflix's gradient limits it holds what is seen now against the lowest seen lately. What made those
 * limits collapse in practice is kept out of it:
 *
 * - One lucky answer is no baseline: rounds of answers are compared by their medians, smoothed, like with like.
 * - A gateway may be slower for reasons of its own (a deep page, a busy hour). So a cut is a question: where it did not make
 *   the next round faster, the new latency is what counts as normal.
 * - A baseline gets old. One that no round came near for a while is looked for again with a cut, since a queue that we made
 *   ourselves would else pass for the gateway's own slowness.
 * - Our own CPU is no part of it: what counts against the gateway is only how long we sat idle for an answer, and an answer
 *   that we were busy for most of the time tells nothing.
 */
export interface Wait {
  /** From the request's last byte to the answer's first, ms; at most as long as the gateway and the way to it took. */
  readonly elapsedMs: number
  /** The part of it in which this process had nothing to do; the gateway took at least as long. */
  readonly idleMs: number
}

export interface Advice {
  /** Nothing speaks against asking for more at once. */
  readonly mayGrow: boolean
  /** Ask for this share of what is asked for now. */
  readonly cutTo?: number
}

/** A round is at least this many answers, so that its median means something. */
const smallestRound = 16

/** Latency has grown, by this much over the baseline, before anything is cut. */
const tolerated = 2
const toleratedMs = 5

/** No more is asked for beyond this growth. */
const growing = 1.5

/** A cut made the gateway faster if the latency fell below this share. */
const helpful = 0.9

/** A round this near to the baseline confirms it, */
const nearBaseline = 1.25
/** and it is old after so many rounds that do not. */
const oldAfterRounds = 30

export class LatencyTrend {
  private round: Array<Wait> = []
  private smoothed: Wait | undefined
  /** The lowest smoothed latency seen lately. */
  private baseline: number | undefined
  private roundsAway = 0
  /** The latency before a cut that is to show whether it helps, */
  private beforeCut: number | undefined
  /** and of the answers that came after the cut to what was sent before it: latency may just have been on its way up. */
  private late: Array<number> = []

  /**
   * Takes note of an answer; gives advice when it completes a round.
   *
   * @param atOnce requests under way: a round is no shorter than a round trip
   */
  see(wait: Wait, atOnce: number): Advice | undefined {
    if (wait.idleMs < wait.elapsedMs / 2) return undefined
    this.round.push(wait)
    if (this.round.length < Math.max(smallestRound, atOnce)) return undefined
    const elapsedMs = median(this.round.map((wait) => wait.elapsedMs))
    const idleMs = median(this.round.map((wait) => wait.idleMs))
    this.round = []
    this.smoothed = {
      elapsedMs: mean(this.smoothed?.elapsedMs, elapsedMs),
      idleMs: mean(this.smoothed?.idleMs, idleMs),
    }
    return this.judge(this.smoothed, idleMs)
  }

  /** Takes note of an answer to what was sent before the last cut. */
  seeLate(wait: Wait): void {
    this.late.push(wait.idleMs)
  }

  /** Forgets the answers of another limit, but for the lowest latency. */
  restart(): void {
    this.round = []
    this.late = []
    this.smoothed = undefined
  }

  private judge({ elapsedMs, idleMs }: Wait, latestMs: number): Advice {
    const before =
      this.beforeCut === undefined
        ? undefined
        : Math.max(this.beforeCut, this.late.length === 0 ? 0 : median(this.late))
    this.beforeCut = undefined
    const isOld = this.roundsAway >= oldAfterRounds
    if (before !== undefined && (isOld || idleMs > before * helpful)) this.baseline = elapsedMs
    this.baseline = Math.min(this.baseline ?? elapsedMs, elapsedMs)
    const growth = this.baseline > 0 ? idleMs / this.baseline : 1
    const isMeant = idleMs - this.baseline > toleratedMs
    this.roundsAway = growth <= nearBaseline ? 0 : this.roundsAway + 1
    const hasGrown = growth > tolerated && isMeant
    if (hasGrown || this.roundsAway >= oldAfterRounds) {
      this.beforeCut = mean(idleMs, latestMs)
      return { mayGrow: false, cutTo: hasGrown ? Math.max(0.5, growing / growth) : 0.25 }
    }
    return { mayGrow: growth <= growing || !isMeant }
  }
}

const mean = (before: number | undefined, now: number): number =>
  before === undefined ? now : (before + now) / 2

const median = (values: Array<number>): number =>
  values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)]!
