/**
 * When the next request may begin, so that no more than so many begin in a second and they are evenly spaced. Pure.
 *
 * A timer fires late, more so while a page is parsed: a plain pause after each request would fall short of the rate. So what
 * was lost is made up for, but by no more than a tenth of a second's worth, and not at all where requests are further
 * apart than that.
 */
const toleranceMs = 100

export class Pace {
  /** When the next request is due, by the caller's clock. */
  private dueMs = Number.NEGATIVE_INFINITY

  /** How long to wait for the next request's turn, ms. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.dueMs - nowMs)
  }

  /** A request begins; the next one is due one interval later. */
  begins(nowMs: number, intervalMs: number): void {
    const lag = Math.max(0, toleranceMs - intervalMs)
    this.dueMs = Math.max(this.dueMs, nowMs - lag) + intervalMs
  }
}
