/**
 * How many requests may be under way at once: as many as the gateway bears, found by trying. Pure; `RequestLimit.ts` is what
 * enforces it.
 *
 * It begins low and doubles with each round trip as long as nothing speaks against it, so that a short run is not held up.
 * From the first refusal or growing latency on it goes up by one a round trip, and is cut at most once a round trip: by a
 * little for a single refusal, since one more than is borne is refused alone, halved for several together, and not at all for
 * one that came by chance (`RefusalTrend.ts`). Cutting and growing alone would run into the refusal again every few round
 * trips: so the level that was refused is remembered, and come near to ever more slowly, as in TCP CUBIC. Where even one at a
 * time is too fast, as for a limit in requests per second of a quick gateway, the level goes on below one: one at a time, with pauses.
 */
import type { Wait } from "./LatencyTrend.ts"
import { LatencyTrend } from "./LatencyTrend.ts"
import { RefusalTrend } from "./RefusalTrend.ts"

/** What an attempt showed of what the gateway bears. */
export type AttemptOutcome =
  | { readonly _tag: "Answered"; readonly wait: Wait; readonly bytes: number }
  /** Let through, but answered with an error: how long that took says nothing. */
  | { readonly _tag: "LetThrough" }
  /** Refused for being too fast, or not answered in all the time allowed. */
  | { readonly _tag: "Overload" }
  /** Any other end: interrupted, or a broken connection. */
  | { readonly _tag: "Untold" }

/** An attempt that is under way. */
export interface RunningAttempt {
  readonly startedMs: number
  readonly underWay: number
  /** The number of cuts before it. */
  readonly cuts: number
}

/** What it begins with: browsers open six connections to a host, and less than that offends nobody. */
const first = 4

/** A refused level is come back to after as many answers as this many round trips bring, or after this long. */
const recoveryRounds = 8
const recoveryAnswers = 25
const recoveryMs = 3_000

/** How many times longer that takes at most, where the same level is refused again and again. */
const mostPatience = 8

/** How much slower the level goes beyond a refused one: what is spared at a limit per second lets more through for a while. */
const beyond = 12

/** A small cut, as a share; at least what brings one at a time less. */
const smallCut = 1 / 16
const justBelow = 0.6

/** Refusals together that call for halving, as a share of the level; at least two. */
const manyTogether = 0.15

/** Longest pause between two requests. */
const longestSpacingMs = 2_000

interface Refusal {
  /** The level that was refused. */
  readonly refused: number
  readonly patience: number
  readonly atMs: number
  /** Answers since. */
  answers: number
  /** The number of the cut that it led to. */
  readonly cut: number
  /** Refusals among the requests that were under way together. */
  together: number
}

export class AdaptiveLimit {
  private readonly ceiling: number
  private level: number
  private underWay = 0
  private cuts = 0
  private doubling = true
  private mayGrow = true
  private refusal: Refusal | undefined
  private readonly refusals = new RefusalTrend()
  /** How long an attempt takes as a rule, ms. */
  private usualMs = 0
  /** `usualMs` when the level fell below one: what a pause is measured by. */
  private pausedFromMs = 1
  /** By the magnitude of the answer, since large answers are slower than small ones by nature. */
  private readonly trends = new Map<number, LatencyTrend>()

  constructor(ceiling: number) {
    this.ceiling = ceiling
    this.level = Math.min(first, ceiling)
  }

  /** Requests that may be under way at once: 1 to the ceiling. */
  get limit(): number {
    return Math.max(1, Math.floor(this.level))
  }

  /** The least time between the beginnings of two requests, ms; 0 unless one at a time is still too fast. */
  get spacingMs(): number {
    return this.level >= 1 ? 0 : Math.min(longestSpacingMs, this.pausedFromMs / this.level)
  }

  /** @param nowMs by a clock that is never set back */
  started(nowMs: number): RunningAttempt {
    this.underWay++
    return { startedMs: nowMs, underWay: this.underWay, cuts: this.cuts }
  }

  ended(attempt: RunningAttempt, nowMs: number, outcome: AttemptOutcome): void {
    const atOnce = Math.max(attempt.underWay, this.underWay)
    this.underWay--
    if (outcome._tag === "Answered") {
      const tookMs = nowMs - attempt.startedMs
      this.usualMs = this.usualMs === 0 ? tookMs : this.usualMs + (tookMs - this.usualMs) / 8
    }
    // What was sent before the last cut tells of what was cut already: a burst counts once.
    if (attempt.cuts !== this.cuts) {
      if (outcome._tag === "Answered") this.trendOf(outcome.bytes).seeLate(outcome.wait)
      if (outcome._tag === "Overload" && attempt.cuts === this.cuts - 1) this.deepen()
      return
    }
    switch (outcome._tag) {
      case "Overload":
        if (!this.refusals.isByChance(this.level, this.isSuspect(nowMs))) this.cut(nowMs)
        return
      case "Answered":
        this.listen(outcome.wait, outcome.bytes)
        return this.letThrough(atOnce, nowMs)
      case "LetThrough":
        return this.letThrough(atOnce, nowMs)
      case "Untold":
    }
  }

  private cut(nowMs: number): void {
    const letThrough = this.refusal?.answers ?? 0
    // Where nothing gets through at all, longer pauses do not help; each call has its own.
    if (this.level <= 1 && this.refusal !== undefined && letThrough === 0) return
    if (this.level >= 1) this.pausedFromMs = Math.max(1, this.usualMs)
    const refused = this.level < 1 ? this.level : this.limit
    const lowest = Math.min(refused, this.pausedFromMs / longestSpacingMs)
    // Pauses are made no longer than what got through calls for, since refusals may also come by chance.
    const share =
      this.level > 1
        ? 1 - Math.max(smallCut, justBelow / refused)
        : Math.max(0.5, (0.9 * letThrough) / (letThrough + 1))
    const patience = this.patienceAfter(nowMs)
    this.cutTo(Math.max(lowest, refused * share))
    this.refusal = { refused, patience, atMs: nowMs, answers: 0, cut: this.cuts, together: 1 }
  }

  /** One more is refused of those that were under way when the level was cut: where they are many, that was too little. */
  private deepen(): void {
    // The last cut may have been for latency.
    if (this.refusal?.cut !== this.cuts) return
    const { refused } = this.refusal
    if (++this.refusal.together < Math.max(2, manyTogether * refused)) return
    this.level = Math.min(this.level, Math.max(1, refused / 2))
  }

  /** Whether so much was refused the last time as well; below one all is, since so little is asked for only then. */
  private isSuspect(nowMs: number): boolean {
    if (this.refusal === undefined) return false
    return this.level < 1 || (this.limit >= this.refusal.refused && wayBack(this.refusal, nowMs) < 2)
  }

  /** More, where it is refused again right where it was before; less, where it is refused at another level, as by chance. */
  private patienceAfter(nowMs: number): number {
    if (this.refusal === undefined) return 1
    const way = wayBack(this.refusal, nowMs)
    if (way < 1) return Math.max(1, this.refusal.patience / 2)
    return way < 2 ? Math.min(mostPatience, this.refusal.patience * 2) : 1
  }

  private cutTo(level: number): void {
    this.level = level
    this.cuts++
    this.doubling = false
    this.refusals.wasCut()
    for (const trend of this.trends.values()) trend.restart()
  }

  private listen(wait: Wait, bytes: number): void {
    const advice = this.trendOf(bytes).see(wait, this.limit)
    if (advice === undefined) return
    this.mayGrow = advice.mayGrow
    if (!advice.mayGrow) this.doubling = false
    if (advice.cutTo !== undefined && this.level > 1) this.cutTo(Math.max(1, this.level * advice.cutTo))
  }

  private letThrough(atOnce: number, nowMs: number): void {
    if (this.refusal !== undefined) this.refusal.answers++
    this.refusals.letThrough(this.level)
    // A limit that is not used says nothing of whether a higher one would be borne.
    if (!this.mayGrow || atOnce < (this.doubling ? this.limit / 3 : this.limit)) return
    const step = this.doubling ? 1 : this.level < 1 ? this.level / 10 : 1 / this.level
    const before = this.limit
    this.level = Math.max(this.level, Math.min(this.ceiling, this.level + step, this.recovered(nowMs)))
    if (this.limit > before) this.refusals.rose()
  }

  /** How far the level may have come since the last refusal: back at first fast, then slowly, and beyond more slowly still. */
  private recovered(nowMs: number): number {
    if (this.refusal === undefined) return this.ceiling
    const way = wayBack(this.refusal, nowMs) - 1
    return this.refusal.refused * (1 + way ** 3 / (way < 0 ? 2 : beyond))
  }

  private trendOf(bytes: number): LatencyTrend {
    const magnitude = Math.floor(Math.log2(Math.max(1, bytes)))
    let trend = this.trends.get(magnitude)
    if (trend === undefined) this.trends.set(magnitude, (trend = new LatencyTrend()))
    return trend
  }
}

/** 1 when the level that was refused may be tried again. */
const wayBack = ({ answers, refused, patience, atMs }: Refusal, nowMs: number): number =>
  Math.max(answers / Math.max(recoveryAnswers, recoveryRounds * refused), (nowMs - atMs) / recoveryMs) /
  patience
