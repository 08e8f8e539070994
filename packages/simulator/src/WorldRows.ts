/**
 * A test's hands: the rows of a world, to be listed, added, changed and taken out at any moment, also between two pages.
 */
import type { EditedDay } from "./EditedDay.ts"
import type { TrueRow } from "./TrueRow.ts"
import type { DayPart } from "./WorldDay.ts"

/** What a hand-made row needs to say; the rest is that of an encoding that was done within a minute. */
export type NewRow = Pick<TrueRow, "requestTimeMs"> & Partial<Omit<TrueRow, "key">>

/** How these hands reach into the world's days. */
export interface DaySlots {
  readonly slotOf: (ms: number) => number
  readonly edit: (slot: number) => EditedDay
  readonly parts: (fromMs: number, beforeMs: number) => ReadonlyArray<DayPart>
}

const FIRST_HAND_MADE_KEY = 2 ** 50

export class WorldRows {
  readonly #slots: DaySlots
  #nextKey = FIRST_HAND_MADE_KEY

  constructor(slots: DaySlots) {
    this.#slots = slots
  }

  /** The rows requested in [fromMs, beforeMs), oldest request first, whether requested yet or not. */
  within(fromMs: number, beforeMs: number): ReadonlyArray<TrueRow> {
    return this.#slots
      .parts(fromMs, beforeMs)
      .flatMap(({ day, from, before }) =>
        Array.from({ length: before - from }, (_, offset) => day.rowAt(from + offset)),
      )
  }

  /** Adds a row, also outside of the world's days. */
  add(row: NewRow): TrueRow {
    const key = this.#nextKey++
    const added: TrueRow = {
      categoryId: 10019n,
      categoryName: "예능 클립",
      filePath: `/예능 클립/by_hand_${key - FIRST_HAND_MADE_KEY}_AVC_HD_1Pass_30fps.mp4`,
      outputType: "AVC_HD_1Pass_30fps",
      link: `https://kr.object.ncloudstorage.com/vod-output/by_hand_${key - FIRST_HAND_MADE_KEY}.mp4`,
      outputTotalSize: 81_040_256n,
      startMs: row.requestTimeMs + 10_000,
      endMs: row.requestTimeMs + 60_000,
      outcome: "COMPLETE",
      blankPath: "waiting",
      ...row,
      key,
    }
    this.#slots.edit(this.#slots.slotOf(added.requestTimeMs)).add(added)
    return added
  }

  /** Changes some of a row's facts and gives back the row as it is now. Throws where the row is not in the world. */
  change(row: TrueRow, facts: Partial<Omit<TrueRow, "key">>): TrueRow {
    const day = this.#slots.edit(this.#slots.slotOf(row.requestTimeMs))
    const changed = { ...row, ...facts }
    const moved = changed.requestTimeMs !== row.requestTimeMs
    const found = moved ? day.take(row.key) !== undefined : day.replace(changed)
    if (!found) throw new RangeError(`no row with key ${row.key} at ${row.requestTimeMs}`)
    if (moved) this.#slots.edit(this.#slots.slotOf(changed.requestTimeMs)).add(changed)
    return changed
  }

  /** Takes a row out of the world, as if it had never been; says whether it was there. */
  remove(row: TrueRow): boolean {
    return this.#slots.edit(this.#slots.slotOf(row.requestTimeMs)).take(row.key) !== undefined
  }

  /** Takes out all rows requested in [fromMs, beforeMs). */
  clear(fromMs = -Infinity, beforeMs = Infinity): void {
    const last = this.#slots.slotOf(beforeMs)
    for (let slot = this.#slots.slotOf(fromMs); slot <= last; slot++) {
      this.#slots.edit(slot).clear(fromMs, beforeMs)
    }
  }
}
