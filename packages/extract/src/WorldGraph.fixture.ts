/**
 * The small worlds that occur while a day is read, with the moves between them and the pages that they show, each worked out once and
 * numbered, so that millions of them can be compared.
 *
 * A world knows how its rows began: each tells the state that it had when the reading began, and rows that have left since stand
 * behind the list, marked. So readings that began differently are one from where the difference is over.
 */
import type { Ask, SmallAnswer, SmallGateway } from "./replayReading.fixture.ts"
import type { SmallBounds } from "./SmallWorld.fixture.ts"
import { Numbering } from "./Numbering.fixture.ts"
import { NumberByNumber } from "./NumberByNumber.fixture.ts"
import { appearancesIn, movesOf, relinked, shownRows } from "./SmallWorld.fixture.ts"
import { sorted } from "./SmallArchive.fixture.ts"

const text = String.fromCharCode

/** Marks a row that has left. */
const gone = 1024

/** Of a row that has left only its name, its millisecond and how it began are of use. */
const leftCode = (code: number): number => gone | (code & 0b1111110100)

const beganRelinked = (code: number): boolean => ((code >> 7) & 7) === relinked + 1

const nameIn = (code: number): number => (code >> 4) & 7

/** How many rows of a world are in the list still. */
const listedIn = (world: string): number => {
  let listed = 0
  while (listed < world.length && world.charCodeAt(listed) < gone) listed++
  return listed
}

/** The rows in the list, and those that have left since the reading began, in order of their codes. */
export const listedAndLeft = (world: string): readonly [listed: string, left: string] => {
  const listed = listedIn(world)
  return [
    world.slice(0, listed),
    Array.from(world.slice(listed), (row) => text(row.charCodeAt(0) & ~gone)).join(""),
  ]
}

/** The world as a reading begins in it. */
export const begin = (world: string): string =>
  Array.from(world, (row) => {
    const code = row.charCodeAt(0)
    return text((code & 127) | (((code & 3) + 1) << 7))
  }).join("")

/** Worlds and lists under other names, by number. */
export interface Renaming {
  readonly world: (id: number) => number
  readonly list: NumberByNumber
  /** The names that a list has once it is renamed, as they were, by the number that `names` gives them. */
  readonly names: NumberByNumber
}

export class WorldGraph {
  readonly worlds = new Numbering()
  /** What worlds show, however they began: all that the gateway's answers depend on. */
  readonly lists = new Numbering()
  readonly names = new Numbering()
  /** The number of its list by that of a world. */
  readonly listOf = new NumberByNumber((id) => this.lists.idOf(asListed(this.worlds.text(id))))
  private readonly gateway: SmallGateway
  private readonly bounds: SmallBounds
  private readonly answers: Array<SmallAnswer> = []
  private readonly answerIds = new Map<string, number>()
  private readonly nextBy: Array<Array<Int32Array | undefined>> = []
  private readonly pages = new Map<string, NumberByNumber>()
  private readonly usedBy = new NumberByNumber((id) => namesUsed(this.worlds.text(id)))
  private readonly renamings = new Map<string, Renaming>()

  constructor(gateway: SmallGateway, bounds: SmallBounds) {
    this.gateway = gateway
    this.bounds = bounds
  }

  answer(id: number): SmallAnswer {
    return this.answers[id]!
  }

  /**
   * The worlds that are one move away. Rows appear only before the day has settled, under a name of the world, one of the first `names`, which
   * the reader knows, or a new one.
   */
  next(id: number, names: number): Int32Array {
    const used = this.gateway.settled ? 0 : Math.max(names, this.usedBy.get(id))
    const known = (this.nextBy[used] ??= [])
    return (known[id] ??= this.movesFrom(this.worlds.text(id), used))
  }

  private movesFrom(world: string, names: number): Int32Array {
    const border = listedIn(world)
    const [listed, left] = [world.slice(0, border), world.slice(border)]
    const next = new Set<number>()
    for (const { move, row, world: moved } of movesOf(listed)) {
      const began = row.began ?? 0
      const ghost =
        move === "leaves" && began > 0 ? text(leftCode((began << 7) | (row.name << 4) | (row.slot << 2))) : ""
      next.add(this.worlds.idOf(moved + (ghost === "" ? left : sorted(left + ghost))))
    }
    if (!this.gateway.settled) {
      for (const { world: moved } of appearancesIn(listed, this.bounds, names))
        next.add(this.worlds.idOf(moved + left))
    }
    next.delete(this.worlds.idOf(world))
    return Int32Array.from(next)
  }

  /** The number of the answer to one request by the number of the list. */
  answersTo(ask: Ask): NumberByNumber {
    const key = `${ask.pageNo} ${ask.size} ${ask.fromSlot} ${ask.beforeSlot}`
    let answers = this.pages.get(key)
    if (answers === undefined) {
      answers = new NumberByNumber((list) =>
        this.answerId(answerOf(this.gateway, this.lists.text(list), ask)),
      )
      this.pages.set(key, answers)
    }
    return answers
  }

  private answerId(answer: SmallAnswer): number {
    const key = answer === "refused" ? answer : text(answer.total) + answer.rows
    let id = this.answerIds.get(key)
    if (id === undefined) {
      id = this.answers.length
      this.answers.push(answer)
      this.answerIds.set(key, id)
    }
    return id
  }

  /**
   * Worlds under other names: those of `order`, which the reader knows, are the first ones, and the others are numbered as they come.
   *
   * Rows that left before the reader knew their name are dropped, unless a twin is still there: to the reader they never were, and what
   * becomes of them in the archive does not depend on how they left.
   */
  renaming(order: string): Renaming {
    let renaming = this.renamings.get(order)
    if (renaming === undefined) {
      const known = new Map<number, number>()
      const world = (id: number) => {
        let other = known.get(id)
        if (other === undefined)
          known.set(id, (other = this.worlds.idOf(inNames(this.worlds.text(id), order))))
        return other
      }
      const list = new NumberByNumber((id) => this.lists.idOf(inNames(this.lists.text(id), order)))
      const names = new NumberByNumber((id) => this.names.idOf(namesInOrder(this.lists.text(id), order)))
      this.renamings.set(order, (renaming = { world, list, names }))
    }
    return renaming
  }
}

const namesUsed = (world: string): number => {
  let used = 0
  for (let index = 0; index < world.length; index++)
    used = Math.max(used, nameIn(world.charCodeAt(index)) + 1)
  return used
}

const asListed = (world: string): string => {
  let listed = ""
  for (let index = 0; index < listedIn(world); index++) listed += text(world.charCodeAt(index) & 0b1110111)
  return listed
}

/** The names that a world has once it is renamed, by the names that they were. */
const namesInOrder = (world: string, order: string): string => {
  let names = order
  for (let index = 0; index < world.length; index++) {
    const name = text(nameIn(world.charCodeAt(index)))
    if (!names.includes(name)) names += name
  }
  return names
}

const inNames = (world: string, order: string): string => {
  let names = order
  let [listed, left] = ["", ""]
  for (let index = 0; index < world.length; index++) {
    const code = world.charCodeAt(index)
    const name = text(nameIn(code))
    let at = names.indexOf(name)
    if (at < 0) {
      if (code >= gone && !beganRelinked(code)) continue
      at = names.length
      names += name
    }
    const row = text((code & ~112) | (at << 4))
    if (code < gone) listed += row
    else left += row
  }
  return left.length > 1 ? listed + sorted(left) : listed + left
}

/** The moves that were made before the reading: one for each row that had another link when it began. */
export const spentBefore = (world: string): number => {
  let spent = 0
  for (let index = 0; index < world.length; index++) if (beganRelinked(world.charCodeAt(index))) spent++
  return spent
}

/** What the gateway answers while the world is so: the rows and the total of one moment. */
export const answerOf = (gateway: SmallGateway, world: string, ask: Ask): SmallAnswer => {
  const rows = shownRows(world, ask.fromSlot, ask.beforeSlot)
  const lastPage = Math.max(1, Math.ceil(rows.length / ask.size))
  if (ask.pageNo > lastPage && gateway.pastTheEnd === "refuse") return "refused"
  const page = gateway.pastTheEnd === "repeat" ? Math.min(ask.pageNo, lastPage) : ask.pageNo
  return { total: rows.length, rows: rows.slice((page - 1) * ask.size, page * ask.size) }
}
