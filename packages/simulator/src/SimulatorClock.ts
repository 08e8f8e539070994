/**
 * The gateway's clock: the real time, a time that stands still until a test moves it, or one that goes on from there.
 */

export class SimulatorClock {
  #offset = 0
  #fixed: number | null = null
  readonly #ticking: boolean

  constructor(now: number | null, clock: "fixed" | "ticking") {
    this.#ticking = clock === "ticking"
    if (now !== null) this.set(now)
  }

  /** ms since the epoch. */
  now(): number {
    return this.#fixed ?? Date.now() + this.#offset
  }

  set(ms: number): void {
    if (this.#ticking) this.#offset = ms - Date.now()
    else this.#fixed = ms
  }
}
