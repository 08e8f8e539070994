/**
 * Worlds so small that all of them can be looked at: up to four rows of one day of one or two milliseconds, in the order
 * in which the gateway lists them, and the moves by which such a world changes.
 *
 * A row is one character and a world is text, its rows in the order of the list, so that millions of them can be held and
 * compared. The name of a row is the path that it has or will have: a row that is WAITING shows a blank path until it gains its own
 * (API facts, 2.5). Two rows of one name are twins.
 */

/** In the order of a row's life: a row only ever goes on to the next. */
export const waiting = 0
export const running = 1
export const complete = 2
/** Complete, with another link than at first. */
export const relinked = 3

/** The name of all rows that show a blank path. */
export const blank = 7

export interface SmallRow {
  readonly name: number
  /** The millisecond of the day in which it was requested. */
  readonly slot: number
  readonly state: number
  /** Whether it entered the list, or gained its path, since the reading began. */
  readonly isFresh: boolean
  /** One more than the state that it had when the reading began, as far as that is followed; 0 where it was not there. */
  readonly began?: number
}

export const codeOf = (row: SmallRow): number =>
  ((row.began ?? 0) << 7) | (row.name << 4) | (Number(row.isFresh) << 3) | (row.slot << 2) | row.state

const rowsByCode: ReadonlyArray<SmallRow> = Array.from({ length: 1024 }, (_, code) => ({
  name: (code >> 4) & 7,
  slot: (code >> 2) & 1,
  state: code & 3,
  isFresh: (code & 8) !== 0,
  began: code >> 7,
}))

/** The row at a place of a world. */
export const rowAt = (world: string, index: number): SmallRow => rowsByCode[world.charCodeAt(index)]!

export const rowsOf = (world: string): ReadonlyArray<SmallRow> =>
  Array.from({ length: world.length }, (_, index) => rowAt(world, index))

/** The same rows under other names; a blank one stays blank. */
export const rename = (rows: string, nameOf: (name: number) => number): string => {
  let renamed = ""
  for (let index = 0; index < rows.length; index++) {
    const code = rows.charCodeAt(index)
    const name = (code >> 4) & 7
    renamed += text(name === blank ? code : (nameOf(name) << 4) | (code & ~112))
  }
  return renamed
}

const text = String.fromCharCode

/** How many names a world uses, given that they are numbered from 0. */
export const nameCount = (world: string): number => {
  let count = 0
  for (let index = 0; index < world.length; index++) count = Math.max(count, rowAt(world, index).name + 1)
  return count
}

export interface SmallBounds {
  readonly rows: number
  readonly slots: 1 | 2
  readonly moves: number
}

/** All worlds within bounds, in every order, with rows up to a state. Names are numbered as they come, since which is which makes no difference. */
export const allWorlds = (
  { rows, slots }: Pick<SmallBounds, "rows" | "slots">,
  lastState: number = complete,
): ReadonlyArray<string> => {
  const worlds = [""]
  for (const world of worlds) {
    if (world.length === rows) continue
    for (let name = 0; name <= nameCount(world); name++) {
      for (let slot = 0; slot < slots; slot++) {
        for (let state = waiting; state <= lastState; state++) {
          worlds.push(world + text(codeOf({ name, slot, state, isFresh: false })))
        }
      }
    }
  }
  return worlds
}

export type Move = "moves" | "gains its path" | "ends" | "changes its link" | "leaves" | "appears"

export interface Moved {
  readonly move: Move
  readonly world: string
  /** The row that moved, as it was; for one that appears as it is. */
  readonly row: SmallRow
  /** Its place in the list before, if it was there, and after, if it still is. */
  readonly from: number | undefined
  readonly to: number | undefined
}

/** Every world that one move away from it, but for rows that appear. */
export const movesOf = (world: string): ReadonlyArray<Moved> => {
  const moved: Array<Moved> = []
  for (let index = 0; index < world.length; index++) {
    const row = rowAt(world, index)
    const own = world[index]!
    const others = world.slice(0, index) + world.slice(index + 1)
    const become = (move: Move, next: SmallRow) => {
      const become = world.slice(0, index) + text(codeOf(next)) + world.slice(index + 1)
      moved.push({ move, row, world: become, from: index, to: index })
    }
    if (row.state === waiting) become("gains its path", { ...row, state: running, isFresh: true })
    if (row.state === running) become("ends", { ...row, state: complete })
    if (row.state === complete) become("changes its link", { ...row, state: relinked })
    moved.push({ move: "leaves", row, world: others, from: index, to: undefined })
    for (let place = 0; place <= others.length; place++) {
      if (place === index) continue
      const world = others.slice(0, place) + own + others.slice(place)
      moved.push({ move: "moves", row, world, from: index, to: place })
    }
  }
  return moved
}

/** Every world in which one more row has appeared, anywhere: under one of `names` names that were there, or a new one. */
export const appearancesIn = (world: string, bounds: SmallBounds, names: number): ReadonlyArray<Moved> => {
  if (world.length >= bounds.rows) return []
  const moved: Array<Moved> = []
  for (let name = 0; name <= Math.max(names, nameCount(world)); name++) {
    for (let slot = 0; slot < bounds.slots; slot++) {
      for (const state of [waiting, running, complete]) {
        const row = { name, slot, state, isFresh: true }
        for (let place = 0; place <= world.length; place++) {
          moved.push({
            move: "appears",
            row,
            world: world.slice(0, place) + text(codeOf(row)) + world.slice(place),
            from: undefined,
            to: place,
          })
        }
      }
    }
  }
  return moved
}

/** The rows that a window of slots shows, in order, as they show: without slot, and without a name while the path is blank. */
export const shownRows = (world: string, fromSlot: number, beforeSlot: number): string => {
  let shown = ""
  for (let index = 0; index < world.length; index++) {
    const { name, slot, state } = rowAt(world, index)
    if (slot < fromSlot || slot >= beforeSlot) continue
    shown += text(codeOf({ name: state === waiting ? blank : name, slot: 0, state, isFresh: false }))
  }
  return shown
}
