/**
 * A world: the true encodings of some days, a deterministic function of seed and clock, until a test lays hands on it.
 * Days are made when they are first looked into; windows are found by binary search, never by going through the rows.
 */
import { dateOf, dayStarts } from "./dayStarts.ts"
import { EditedDay } from "./EditedDay.ts"
import { GeneratedDay } from "./GeneratedDay.ts"
import { asServed, type ShapeOptions } from "./rowBytes.ts"
import type { AsServed } from "./RowDraft.ts"
import type { WorldOptions } from "./SimulatorOptions.ts"
import { stateAt, type RowState } from "./TrueRow.ts"
import { type Business, videoBusiness } from "./videoBusiness.ts"
import { firstAtOrAfter, type DayPart, type WorldDay } from "./WorldDay.ts"
import { WorldRows } from "./WorldRows.ts"

/** The truth about a row at a moment, and what a reader of the gateway's JSON can know of it. */
export interface TruthRow extends RowState {
  readonly asServed: AsServed
}

/** What a world is made from: the options, with every choice made. */
export type WorldPlan = WorldOptions

const presets: Record<WorldPlan["preset"], Business> = { videoBusiness }

const HAND_MADE = new EditedDay([])

export class World {
  /** Adding, changing, removing and listing rows by hand. */
  readonly rows: WorldRows
  /** The starts of the world's days, ms since the epoch, and the end of the last one. */
  readonly dayStarts: ReadonlyArray<number>
  readonly #plan: WorldPlan
  readonly #shape: () => ShapeOptions
  readonly #now: () => number
  /** The days, and on either side of them a place for rows that a test adds. */
  readonly #days: Array<WorldDay | undefined>

  /** Throws a RangeError for an unknown zone or first day. */
  constructor(plan: WorldPlan, shape: () => ShapeOptions, now: () => number) {
    this.#plan = plan
    this.#shape = shape
    this.#now = now
    this.dayStarts = [...dayStarts(plan.zone, plan.firstDay, plan.days + 1)]
    this.#days = Array.from({ length: plan.days + 2 })
    this.#days[0] = HAND_MADE
    this.#days[plan.days + 1] = HAND_MADE
    this.rows = new WorldRows({
      slotOf: (ms) => this.#slotOf(ms),
      edit: (slot) => this.#edit(slot),
      parts: (fromMs, beforeMs) => this.parts(fromMs, beforeMs),
    })
  }

  /** The seed that the world was made from. */
  get seed(): number {
    return this.#plan.seed
  }

  /** The gateway's clock, ms since the epoch. */
  now(): number {
    return this.#now()
  }

  /** The parts of the days that hold the rows requested in [fromMs, beforeMs), oldest first, none empty. */
  parts(fromMs: number, beforeMs: number): ReadonlyArray<DayPart> {
    const parts: Array<DayPart> = []
    for (let slot = this.#slotOf(fromMs); slot < this.#days.length; slot++) {
      const start = slot === 0 ? -Infinity : this.dayStarts[slot - 1]!
      if (start >= beforeMs) break
      const end = this.dayStarts[slot] ?? Infinity
      const day = this.#dayAt(slot)
      const from = fromMs <= start ? 0 : firstAtOrAfter(day, fromMs)
      const before = beforeMs >= end ? day.count : firstAtOrAfter(day, beforeMs)
      if (before > from) parts.push({ day, from, before })
    }
    return parts
  }

  /**
   * The truth about the rows requested in [fromMs, beforeMs) as it stands at `nowMs` (the gateway's clock unless given),
   * oldest request first. Rows that are not requested yet are not in it; retention, faults, page rules and delays do not
   * matter to it, hand-made changes do. `asServed` follows the generation and looseness set at the moment of the call.
   */
  truth(fromMs: number, beforeMs: number, nowMs = this.now()): ReadonlyArray<TruthRow> {
    return this.parts(fromMs, Math.min(beforeMs, nowMs + 1)).flatMap(({ day, from, before }) =>
      Array.from({ length: before - from }, (_, offset) => {
        const row = day.rowAt(from + offset)
        return { ...stateAt(row, nowMs), asServed: asServed(row, nowMs, this.#shape(), this.seed) }
      }),
    )
  }

  #slotOf(ms: number): number {
    let low = 0
    let high = this.dayStarts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.dayStarts[middle]! <= ms) low = middle + 1
      else high = middle
    }
    return low
  }

  #edit(slot: number): EditedDay {
    const day = this.#dayAt(slot)
    const edited = day === HAND_MADE ? new EditedDay([]) : EditedDay.of(day)
    this.#days[slot] = edited
    return edited
  }

  #dayAt(slot: number): WorldDay {
    const known = this.#days[slot]
    if (known !== undefined) return known
    const day = slot - 1
    const plan = this.#plan
    const startMs = this.dayStarts[day]!
    const made = new GeneratedDay({
      ...plan,
      business: presets[plan.preset],
      day,
      date: dateOf(plan.zone, startMs).replaceAll("-", ""),
      startMs,
      endMs: this.dayStarts[slot]!,
      rows: typeof plan.rowsPerDay === "number" ? plan.rowsPerDay : plan.rowsPerDay(day),
      slow: plan.slowDay === day,
      bulkUploads: plan.bulkUploads.filter((bulk) => bulk.day === day),
    })
    this.#days[slot] = made
    return made
  }
}
