/**
 * The small worlds that occur while a day is read, with the moves between them and the pages that they show, each worked out once and
 * numbered, so that millions of them can be compared. A world is the number of its list and that of its history (`ListHistory.fixture.ts`).
 */
import type { Ask, SmallAnswer, SmallGateway } from "./replayReading.fixture.ts"
import { beginHistory, historyAfter, historyInNames, namesLeft } from "./ListHistory.fixture.ts"
import { NumberByNumber } from "./NumberByNumber.fixture.ts"
import { Numbering } from "./Numbering.fixture.ts"
import { PairNumbering } from "./PairNumbering.fixture.ts"
import type { Moved, SmallBounds } from "./SmallWorld.fixture.ts"
import { appearancesIn, codeOf, movesOf, nameCount, rename, rowsOf, shownRows } from "./SmallWorld.fixture.ts"

const text = String.fromCharCode

/** Worlds and lists under other names, by number. */
export interface Renaming {
  readonly world: (id: number) => number
  readonly list: NumberByNumber
  /** The number of the names that a list has once it is renamed, as they were. */
  readonly names: NumberByNumber
}

/** The list and the change of the history that a move comes to, both by number. */
interface ListMove {
  readonly list: number
  readonly change: number
}

export class WorldGraph {
  /** Pairs of a list and a history. */
  readonly worlds = new PairNumbering()
  /** What worlds show: all that the gateway's answers depend on. */
  readonly lists = new Numbering()
  readonly histories = new Numbering()
  /** Names in an order. */
  readonly names = new Numbering()
  private readonly gateway: SmallGateway
  private readonly bounds: SmallBounds
  private readonly answers: Array<SmallAnswer> = []
  private readonly answerIds = new Map<string, number>()
  private readonly pages = new Map<string, NumberByNumber>()
  private readonly renamings = new Map<string, Renaming>()
  private readonly movesBy: Array<Map<number, ReadonlyArray<ListMove>>> = []
  /** Moves that change every history alike have one number. */
  private readonly changes = new Numbering()
  private readonly changesBy: Array<Moved> = []
  private readonly changed = new PairNumbering()
  private readonly changedTo = new NumberByNumber((id) =>
    this.histories.idOf(
      historyAfter(this.histories.text(this.changed.first(id)), this.changesBy[this.changed.second(id)]!),
    ),
  )
  private readonly renamed = new PairNumbering()
  private readonly renamedTo = new NumberByNumber((id) =>
    this.histories.idOf(
      historyInNames(this.histories.text(this.renamed.first(id)), this.names.text(this.renamed.second(id))),
    ),
  )
  private readonly usedBy = new NumberByNumber((list) => nameCount(this.lists.text(list)))
  private readonly leftBy = new NumberByNumber((history) => namesLeft(this.histories.text(history)))

  constructor(gateway: SmallGateway, bounds: SmallBounds) {
    this.gateway = gateway
    this.bounds = bounds
  }

  /** The world in which a reading begins. */
  begin(list: string): number {
    return this.worlds.idOf(this.lists.idOf(list), this.histories.idOf(beginHistory(list)))
  }

  listOf(world: number): number {
    return this.worlds.first(world)
  }

  answer(id: number): SmallAnswer {
    return this.answers[id]!
  }

  /**
   * The worlds that are one move away. Rows appear only before the day has settled, under a name of the world, one of the first `names`, which
   * the reader knows, or a new one.
   */
  next(id: number, names: number): ReadonlyArray<number> {
    const [list, history] = [this.worlds.first(id), this.worlds.second(id)]
    const next = new Set<number>()
    for (const move of this.movesIn(list, this.namesIn(id, names)))
      next.add(this.worlds.idOf(move.list, this.changedTo.get(this.changed.idOf(history, move.change))))
    next.delete(id)
    return [...next]
  }

  /** How many names rows may have that appear, but for a new one. */
  namesIn(id: number, names: number): number {
    return this.gateway.settled
      ? 0
      : Math.max(names, this.usedBy.get(this.worlds.first(id)), this.leftBy.get(this.worlds.second(id)))
  }

  private movesIn(list: number, names: number): ReadonlyArray<ListMove> {
    const known = (this.movesBy[names] ??= new Map<number, ReadonlyArray<ListMove>>())
    let moves = known.get(list)
    if (moves === undefined) {
      const rows = this.lists.text(list)
      const moved = [
        ...movesOf(rows),
        ...(this.gateway.settled ? [] : appearancesIn(rows, this.bounds, names)),
      ]
      known.set(
        list,
        (moves = moved.map((one) => ({
          list: this.lists.idOf(asListed(one.world)),
          change: this.change(one),
        }))),
      )
    }
    return moves
  }

  private change(moved: Moved): number {
    const { move, row, from, to } = moved
    const who = to === undefined ? `${row.name} ${row.slot}` : move === "gains its path"
    const id = this.changes.idOf(`${from} ${to} ${who}`)
    this.changesBy[id] ??= moved
    return id
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

  /** To other names: those of `order`, which the reader knows, are the first ones, and the others are numbered as they come. */
  renaming(order: string): Renaming {
    let renaming = this.renamings.get(order)
    if (renaming === undefined) {
      const names = new NumberByNumber((id) => this.names.idOf(namesInOrder(this.lists.text(id), order)))
      const list = new NumberByNumber((id) => {
        const known = this.names.text(names.get(id))
        return this.lists.idOf(rename(this.lists.text(id), (name) => known.indexOf(text(name))))
      })
      const world = (id: number) => {
        const [from, history] = [this.worlds.first(id), this.worlds.second(id)]
        const renamed = this.renamedTo.get(this.renamed.idOf(history, names.get(from)))
        return this.worlds.idOf(list.get(from), renamed)
      }
      this.renamings.set(order, (renaming = { world, list, names }))
    }
    return renaming
  }
}

const asListed = (rows: string): string =>
  rowsOf(rows)
    .map((row) => text(codeOf({ ...row, isFresh: false })))
    .join("")

/** The names that a list has once it is renamed, by the names that they were. */
const namesInOrder = (list: string, order: string): string => {
  let names = order
  for (const row of rowsOf(list)) if (!names.includes(text(row.name))) names += text(row.name)
  return names
}

/** What the gateway answers while the list is so: the rows and the total of one moment. */
export const answerOf = (gateway: SmallGateway, list: string, ask: Ask): SmallAnswer => {
  const rows = shownRows(list, ask.fromSlot, ask.beforeSlot)
  const lastPage = Math.max(1, Math.ceil(rows.length / ask.size))
  if (ask.pageNo > lastPage && gateway.pastTheEnd === "refuse") return "refused"
  const page = gateway.pastTheEnd === "repeat" ? Math.min(ask.pageNo, lastPage) : ask.pageNo
  return { total: rows.length, rows: rows.slice((page - 1) * ask.size, page * ask.size) }
}
