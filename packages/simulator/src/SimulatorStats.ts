/**
 * What a simulator has done so far.
 */

export interface SimulatorStats {
  /** All requests, whatever became of them. */
  readonly requests: number
  /** Requests answered with what was asked for, completely. */
  readonly answered: number
  /** Requests refused with 401. */
  readonly refused: number
  /** Requests answered with an error that they earned: bad parameters, unknown paths, too many at once. */
  readonly errors: number
  /** Faults that requests met, by kind. */
  readonly faults: Readonly<Record<string, number>>
  /** Rows in the answers counted in `answered`. */
  readonly rowsServed: number
  /** The largest number of requests that were under way at the same time. */
  readonly mostAtOnce: number
  /** The targets (path and query) of the last 10,000 requests, oldest first. */
  readonly targets: ReadonlyArray<string>
}

const REMEMBERED = 10_000

export class StatsKeeper {
  requests = 0
  answered = 0
  refused = 0
  errors = 0
  rowsServed = 0
  mostAtOnce = 0
  readonly faults: Record<string, number> = {}
  readonly #targets: Array<string> = []

  sees(target: string, underWay: number): number {
    if (this.#targets.length >= 2 * REMEMBERED) this.#targets.splice(0, REMEMBERED)
    this.#targets.push(target)
    this.mostAtOnce = Math.max(this.mostAtOnce, underWay)
    return ++this.requests
  }

  countFault(kind: string): void {
    this.faults[kind] = (this.faults[kind] ?? 0) + 1
  }

  snapshot(): SimulatorStats {
    const { requests, answered, refused, errors, rowsServed, mostAtOnce } = this
    const targets = this.#targets.slice(-REMEMBERED)
    return {
      requests,
      answered,
      refused,
      errors,
      faults: { ...this.faults },
      rowsServed,
      mostAtOnce,
      targets,
    }
  }
}
