/**
 * Every reading of every small world within bounds: all moves that they allow, before any of the reader's requests after the first. (One
 * before the first has happened in another world to begin with.)
 *
 * The reader and the world are followed together, by the number of moves that were made, fewest first; equal states are merged, whatever
 * they came from. Four things are the same in all that is to come, and so are told once:
 *
 * - Which name a row has. Names are numbered in the order in which the reader came to know them, then as they come in the list.
 * - When a move was made that the next answer does not show. Made after that answer, it gives the reader the same answers and the
 *   world the same end for as many moves. So a world to which such a move leads is not asked at once, but only moved on from, since two moves
 *   may show what one does not.
 * - Where the last move has been made, how the reading ends: from there the answers follow from the list alone.
 * - Where the reading began, but for the state of each row then: no promise speaks of more (`SmallNight.fixture.ts`).
 */
import { type AllOutcomes, IdentityOutcomes, type Outcome } from "./IdentityOutcomes.fixture.ts"
import { type EndedReading, type ReadingNode, ReadingTree } from "./ReadingTree.fixture.ts"
import type { SmallAnswer, SmallGateway } from "./replayReading.fixture.ts"
import type { Known, Situation, Step } from "./Situation.fixture.ts"
import { allWorlds, blank, relinked, rowAt, rowsOf, type SmallBounds } from "./SmallWorld.fixture.ts"
import { NumberByNumber } from "./NumberByNumber.fixture.ts"
import { PairNumbering } from "./PairNumbering.fixture.ts"
import { begin, WorldGraph } from "./WorldGraph.fixture.ts"

/**
 * Every reading of the worlds within bounds, by all the short cuts; or one of so many shares of those with the last of the moves, which
 * are most, and all others.
 */
export const outcomesOf = (
  gateway: SmallGateway,
  bounds: SmallBounds,
  share: { readonly part: number; readonly of: number } = { part: 0, of: 1 },
): AllOutcomes => {
  const tree = new ReadingTree(gateway)
  const graph = new WorldGraph(gateway, bounds)
  const explorer = new ReadingExplorer(tree, graph, bounds, gateway.settled)
  const outcomes = explorer.outcomes((situation) => situation.id % share.of === share.part)
  const { runs, mostRequests } = tree
  return { outcomes, worlds: graph.worlds.size, met: explorer.met, runs, mostRequests }
}

class ReadingExplorer {
  private readonly tree: ReadingTree
  private readonly graph: WorldGraph
  private readonly bounds: SmallBounds
  private readonly settled: boolean
  private readonly found: IdentityOutcomes
  private readonly situations: Array<Situation> = []
  private readonly situationIds = new Map<string, Situation>()
  /** A situation and a world that were met, each once, but for the last move; and how many were met by that. */
  private readonly pairs = new PairNumbering()
  private lastPairs = 0
  /** The number of what a reading comes to (`IdentityOutcomes`), by a situation and a list that stands still from then on. */
  private readonly stills = new PairNumbering()
  private readonly endings = new NumberByNumber((still) =>
    this.readOn(this.situations[this.stills.first(still)]!, this.stills.second(still)),
  )
  /** By world, while a situation is moved on: `hidden` or one more where the world is met, more where its move shows. */
  private marks = new Int32Array(1 << 16)
  private hidden = 0

  constructor(tree: ReadingTree, graph: WorldGraph, bounds: SmallBounds, settled: boolean) {
    this.tree = tree
    this.graph = graph
    this.bounds = bounds
    this.settled = settled
    this.found = new IdentityOutcomes(graph, (situation) => this.worth(situation))
  }

  /** Pairs of a situation and a world that were met. */
  get met(): number {
    return this.pairs.size + this.lastPairs
  }

  /** What all readings come to, one identity at a time; the last move is made only in situations of our share. */
  outcomes(isOurs: (situation: Situation) => boolean): ReadonlyArray<Outcome> {
    const root = this.situation(this.tree.root, [])
    const last = this.bounds.moves
    for (let moves = 0; moves < last; moves++) {
      // All moves come before what is asked then, since a world that is met by both is moved to without being asked.
      const agenda: Array<number> = []
      for (const situation of this.situations)
        for (const world of this.moveOn(situation, moves)) agenda.push(situation.id, world)
      for (const world of this.beginnings(moves)) agenda.push(root.id, world)
      while (agenda.length > 0) {
        const world = agenda.pop()!
        this.ask(this.situations[agenda.pop()!]!, world, moves, agenda)
      }
    }
    for (const situation of this.situations.filter(isOurs))
      this.endIn(situation, this.moveOn(situation, last), last)
    this.endIn(root, this.beginnings(last), last)
    return this.found.all()
  }

  /** The worlds in which a reading may begin with so many moves made before: each row that has another link already has cost one. */
  private beginnings(moves: number): ReadonlyArray<number> {
    return allWorlds(this.bounds, relinked)
      .filter((world) => rowsOf(world).filter(({ state }) => state === relinked).length === moves)
      .map((world) => this.graph.worlds.idOf(begin(world)))
  }

  /** Goes on to the next request, if that meets what was not met before. */
  private ask(situation: Situation, world: number, moves: number, agenda: Array<number>): void {
    const { graph, pairs } = this
    const answer = graph.answersTo(situation.node.asks!).get(graph.listOf.get(world))
    const { situation: next, renaming } = this.after(situation, answer)
    const then = renaming.world(world)
    const known = pairs.size
    if (pairs.idOf(next.id, then) < known) return
    if (next.node.asks === undefined) this.found.add(this.found.ended(next), then, moves)
    else {
      ;(next.byMoves[moves] ??= []).push(then)
      agenda.push(next.id, then)
    }
  }

  /** Ends readings that no move disturbs any more. */
  private endIn(situation: Situation, worlds: ReadonlyArray<number>, moves: number): void {
    const { listOf } = this.graph
    const endings = new Map<number, number>()
    this.lastPairs += worlds.length
    for (const world of worlds) {
      const list = listOf.get(world)
      let ending = endings.get(list)
      if (ending === undefined) endings.set(list, (ending = this.ending(situation, list)))
      this.found.add(ending, world, moves)
    }
  }

  /** Makes one more move in each world of a situation, and gives those that are to be asked then. */
  private moveOn({ id, node, names, byMoves }: Situation, moves: number): ReadonlyArray<number> {
    const before = byMoves[moves - 1]
    if (before === undefined || node.asks === undefined) return []
    const { listOf } = this.graph
    const answers = this.graph.answersTo(node.asks)
    const hidden = (this.hidden += 2)
    const shown = hidden + 1
    for (const worlds of byMoves) for (const met of worlds ?? []) this.mark(met, hidden)
    const moved: Array<number> = []
    for (const from of before) {
      const answer = answers.get(listOf.get(from))
      for (const to of this.graph.next(from, names)) {
        const mark = this.marks[to] ?? 0
        if (mark === hidden) continue
        if (mark !== shown) moved.push(to)
        const isHidden = answers.get(listOf.get(to)) === answer
        if (isHidden || mark !== shown) this.mark(to, isHidden ? hidden : shown)
      }
    }
    if (moves < this.bounds.moves) {
      byMoves[moves] = moved
      for (const to of moved) this.pairs.idOf(id, to)
    }
    return moved.filter((to) => this.marks[to] === shown)
  }
  private mark(world: number, mark: number): void {
    if (world >= this.marks.length) {
      const marks = new Int32Array(2 * world)
      marks.set(this.marks)
      this.marks = marks
    }
    this.marks[world] = mark
  }

  /** The number of what the reading comes to in a list that stands still. */
  private ending(situation: Situation, list: number): number {
    return this.endings.get(this.stills.idOf(situation.id, list))
  }

  private readOn(situation: Situation, list: number): number {
    const { asks } = situation.node
    if (asks === undefined) return this.found.ended(situation)
    const { situation: next, renaming } = this.after(situation, this.graph.answersTo(asks).get(list))
    return this.found.inNames(this.ending(next, renaming.list.get(list)), renaming.names.get(list))
  }

  private after(situation: Situation, answer: number) {
    return (situation.after[answer] ??= this.follow(situation, this.graph.answer(answer)))
  }

  private follow({ node, known }: Situation, answer: SmallAnswer): Step {
    const list = known.map(({ name, states }) => ({ name, states: [...states] }))
    const told = answer === "refused" ? answer : { total: answer.total, rows: tell(answer.rows, list) }
    const edge = this.tree.after(node, told)
    const left =
      edge.remembered?.map(({ label, looks }) => ({
        name: list[label]!.name,
        states: looks.map((look) => list[label]!.states[look]!),
      })) ?? list
    const order = left
      .filter(({ name }) => name !== blank)
      .map(({ name }) => String.fromCharCode(name))
      .join("")
    let names = 0
    const renamed = left.map(({ name, states }) => ({ name: name === blank ? name : names++, states }))
    return { situation: this.situation(edge.node, renamed), renaming: this.graph.renaming(order) }
  }

  private situation(node: ReadingNode, known: ReadonlyArray<Known>): Situation {
    const key = `${node.id} ${known.map(({ name, states }) => `${name === blank ? "-" : ""}${states.join("")}`).join()}`
    let situation = this.situationIds.get(key)
    if (situation === undefined) {
      const names = known.filter(({ name }) => name !== blank).length
      const nothing = { after: [], byMoves: [] }
      situation = { id: this.situations.length, node, known, names, ...nothing }
      this.situationIds.set(key, situation)
      this.situations.push(situation)
    }
    return situation
  }

  private worth({ node, known }: Situation): EndedReading | undefined {
    return node.slices === undefined
      ? undefined
      : this.tree.worth(
          node,
          known.map(({ states }) => states),
          this.settled,
        )
  }
}

/** The rows by label and look; new ones are added to the list. */
const tell = (
  rows: string,
  list: Array<{ readonly name: number; readonly states: Array<number> }>,
): string => {
  let told = ""
  for (let index = 0; index < rows.length; index++) {
    const { name, state } = rowAt(rows, index)
    let label = list.findIndex((known) => known.name === name)
    if (label < 0) label = list.push({ name, states: [] }) - 1
    const { states } = list[label]!
    let look = states.indexOf(state)
    if (look < 0) look = states.push(state) - 1
    told += String.fromCharCode((label << 4) | look)
  }
  return told
}
