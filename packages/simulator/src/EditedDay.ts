/**
 * A day that a test has laid hands on: its rows as plain objects, in order of request time.
 */
import { statusAt, type TrueRow } from "./TrueRow.ts"
import { firstAtOrAfter, type WorldDay } from "./WorldDay.ts"

export class EditedDay implements WorldDay {
  readonly #rows: Array<TrueRow>

  constructor(rows: Iterable<TrueRow>) {
    this.#rows = [...rows]
  }

  static of(day: WorldDay): EditedDay {
    return day instanceof EditedDay
      ? day
      : new EditedDay(Array.from({ length: day.count }, (_, index) => day.rowAt(index)))
  }

  get count(): number {
    return this.#rows.length
  }

  timeAt(index: number): number {
    return this.#rows[index]!.requestTimeMs
  }

  rowAt(index: number): TrueRow {
    return this.#rows[index]!
  }

  statusAt(index: number, nowMs: number): string {
    const row = this.#rows[index]!
    return statusAt(row.startMs, row.endMs, row.outcome, nowMs)
  }

  add(row: TrueRow): void {
    this.#rows.splice(firstAtOrAfter(this, row.requestTimeMs + 1), 0, row)
  }

  /** Takes the row with this key out and gives it back, or undefined where there is none. */
  take(key: number): TrueRow | undefined {
    const index = this.#rows.findIndex((row) => row.key === key)
    return index < 0 ? undefined : this.#rows.splice(index, 1)[0]
  }

  /** Whether there was a row with this key to be replaced. */
  replace(row: TrueRow): boolean {
    const index = this.#rows.findIndex((other) => other.key === row.key)
    if (index >= 0) this.#rows[index] = row
    return index >= 0
  }

  clear(fromMs: number, beforeMs: number): void {
    const from = firstAtOrAfter(this, fromMs)
    this.#rows.splice(from, firstAtOrAfter(this, beforeMs) - from)
  }
}
