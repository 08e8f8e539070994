/**
 * A limit in requests per second, with bursts of one second's worth.
 */

export class RateGate {
  #tokens = 0
  #lastMs = Number.NEGATIVE_INFINITY

  /** Whether a request at `nowMs` of real time is within the limit. */
  admits(perSecond: number, nowMs: number): boolean {
    const burst = Math.max(1, perSecond)
    this.#tokens = Math.min(burst, this.#tokens + ((nowMs - this.#lastMs) / 1000) * perSecond)
    this.#lastMs = nowMs
    if (this.#tokens < 1) return false
    this.#tokens -= 1
    return true
  }
}
