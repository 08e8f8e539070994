/**
 * Timestamps to sign with. No two are ever equal, whatever the clock does, so that no signature is sent twice; and they
 * increase strictly, but for `restart`: where the gateway has refused timestamps of a clock that ran ahead, going on from
 * them would be refused for as long as that clock was ahead.
 *
 * What was issued is remembered as a few ranges: after a restart, time comes once more upon the timestamps that were
 * refused, and passes over them.
 */
interface Issued {
  readonly first: number
  last: number
}

/** Timestamps further apart than this start a new range, so that a leap of the clock does not claim what it leapt over. */
const rangeGapMs = 60_000

export class SigningClock {
  private readonly ranges: Array<Issued> = []
  private current: Issued | undefined

  /** The next timestamp: `now` (epoch ms), or as little later as makes it new. */
  next(now: number): number {
    let timestamp = Math.max(Math.floor(now), this.current === undefined ? 0 : this.current.last + 1)
    for (let taken = this.rangeOf(timestamp); taken !== undefined; taken = this.rangeOf(timestamp)) {
      timestamp = taken.last + 1
    }
    if (this.current === undefined || timestamp - this.current.last > rangeGapMs) {
      this.current = { first: timestamp, last: timestamp }
      this.ranges.push(this.current)
    } else {
      this.current.last = timestamp
    }
    return timestamp
  }

  /** Goes back to `now` if the last timestamp lies more than a minute after it. For timestamps that the gateway refused. */
  restart(now: number): void {
    if (this.current !== undefined && this.current.last - now > rangeGapMs) this.current = undefined
  }

  private rangeOf(timestamp: number): Issued | undefined {
    return this.ranges.find((range) => range.first <= timestamp && timestamp <= range.last)
  }
}
