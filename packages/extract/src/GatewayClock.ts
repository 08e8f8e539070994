/**
 * The gateway's clock, as far as it can be known: from the `Date` header of every answer, which names a second. "Now", the
 * end of a day and its settling go by this clock, since a machine whose clock is ahead would otherwise call a day read
 * that has not ended.
 *
 * Each answer bounds the difference of the two clocks: the gateway wrote its `Date` between our sending and our receiving,
 * and the second that it names lasts for 1000 ms. Bounds of several answers are intersected. A single answer that
 * contradicts what is known (an error page of some other machine on the way, say) changes nothing until a second one agrees.
 */

/** Bounds of (gateway's clock - local clock), ms. */
interface Bounds {
  readonly low: number
  readonly high: number
}

/** Healthy clocks are left alone: within this of each other they count as equal. */
const toleranceMs = 2_000

/** Further off than this, by what its own answer says, a request was not sent when our clock said so: it has leapt. */
const leapMs = 60_000

export class GatewayClock {
  private known: Bounds | undefined
  private doubt: Bounds | undefined
  private latest = -Infinity

  /**
   * Takes note of an answer's `Date` header. `sentAt` and `receivedAt` are epoch ms by the local clock.
   *
   * @param trusted the answer itself says that our clock is wrong, so that it is believed at once
   */
  observe(date: string | undefined, sentAt: number, receivedAt: number, trusted = false): void {
    const time = parseHttpDate(date)
    if (time === undefined || receivedAt < sentAt) return
    const seen = { low: time - receivedAt, high: time + 1_000 - sentAt }
    if (this.known === undefined || trusted) {
      this.known = intersection(this.known, seen) ?? seen
      this.doubt = undefined
      this.latest = -Infinity
      return
    }
    const agreed = intersection(this.known, seen)
    if (agreed !== undefined) {
      this.known = agreed
      this.doubt = undefined
      return
    }
    const confirmed = intersection(this.doubt, seen)
    if (confirmed !== undefined) {
      this.known = confirmed
      this.latest = -Infinity
    }
    this.doubt = confirmed === undefined ? seen : undefined
  }

  /** What to add to the local clock, ms: 0 while the two agree within 2 s, or as long as no answer came. */
  get offset(): number {
    if (this.known === undefined) return 0
    const { low, high } = this.known
    return low <= toleranceMs && high >= -toleranceMs ? 0 : Math.round((low + high) / 2)
  }

  /**
   * The present, epoch ms by the gateway's clock; `local` is it by ours. It does not go back, but for an answer that is
   * believed: a local clock that leaps back is found out by the next answers, and until then yesterday would not be over.
   */
  now(local: number): number {
    this.latest = Math.max(this.latest, local + this.offset)
    return this.latest
  }

  /**
   * When a request was sent, epoch ms by the gateway's clock. A local clock that leaps while a request is under way, or that
   * is known to have leapt only after the next answers, would have it sent hours before or after: a day that still runs
   * could count as over, or its reading as older than the last one. So the answer's own time bounds it.
   *
   * @param sentAt epoch ms by the local clock
   * @param date the answer's `Date` header
   * @param tookMs until its first byte, by a clock that does not leap
   */
  timeOf(sentAt: number, date: string | undefined, tookMs: number): number {
    const believed = sentAt + this.offset
    const time = parseHttpDate(date)
    if (time === undefined) return believed
    const earliest = time - Math.ceil(tookMs)
    return believed < earliest - leapMs || believed > time + 1_000 + leapMs ? earliest : believed
  }
}

const intersection = (a: Bounds | undefined, b: Bounds): Bounds | undefined => {
  if (a === undefined) return undefined
  const both = { low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) }
  return both.low <= both.high ? both : undefined
}

/** Epoch ms of an HTTP date such as `Wed, 12 Sep 2018 05:00:00 GMT`; undefined for anything else. */
export const parseHttpDate = (text: string | undefined): number | undefined => {
  if (text === undefined || !/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return undefined
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}
