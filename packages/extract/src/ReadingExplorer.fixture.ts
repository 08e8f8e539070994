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
import type { Ending, Known, Situation, Step } from "./Situation.fixture.ts"
import { allWorlds, blank, relinked, rowAt, rowsOf, type SmallBounds } from "./SmallWorld.fixture.ts"
import { begin, namesInOrder, WorldGraph } from "./WorldGraph.fixture.ts"

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
  return { outcomes, worlds: graph.size, met: explorer.met, runs, mostRequests }
}

class ReadingExplorer {
  /** Pairs of a situation and a world that were met. */
  met = 0
  private readonly tree: ReadingTree
  private readonly graph: WorldGraph
  private readonly bounds: SmallBounds
  private readonly settled: boolean
  private readonly situations: Array<Situation> = []
  private readonly situationIds = new Map<string, Situation>()
  private readonly endings = new Map<string, Ending>()
  /** By world, for the situation under way: whether it was come to by a move, and whether no such move stays hidden. */
  private visitOf = new Int32Array(1 << 16)
  private isShown = new Uint8Array(1 << 16)
  private visit = 0

  constructor(tree: ReadingTree, graph: WorldGraph, bounds: SmallBounds, settled: boolean) {
    this.tree = tree
    this.graph = graph
    this.bounds = bounds
    this.settled = settled
  }

  /** What all readings come to, one identity at a time; the last move is made only in situations of our share. */
  outcomes(isOurs: (situation: Situation) => boolean): ReadonlyArray<Outcome> {
    const outcomes = new IdentityOutcomes(this.graph, (situation) => this.worth(situation))
    const root = this.situation(this.tree.root, [])
    for (let moves = 0; moves <= this.bounds.moves; moves++) {
      const isLast = moves === this.bounds.moves
      const situations: Array<Situation> = []
      const worlds: Array<number> = []
      const ask = isLast
        ? (situation: Situation, world: number) => {
            this.met++
            outcomes.add(this.ending(situation, this.graph.listed(world)), world, moves)
          }
        : (situation: Situation, world: number) => {
            situations.push(situation)
            worlds.push(world)
          }
      if (moves > 0) {
        const known = isLast ? this.situations.filter(isOurs) : [...this.situations]
        for (const situation of known) this.moveOn(situation, moves, ask)
      }
      for (const world of beginnings(this.bounds, moves)) ask(root, this.graph.idOf(begin(world)))
      for (let situation = situations.pop(); situation !== undefined; situation = situations.pop()) {
        const world = worlds.pop()!
        const step = this.after(situation, this.graph.answersTo(situation.node.asks!)(world))
        const next = step.situation
        const then = step.renamed(world)
        if (next.met.has(then)) continue
        next.met.add(then)
        this.met++
        if (next.node.asks === undefined)
          outcomes.add(this.ending(next, this.graph.listed(then)), then, moves)
        else {
          ;(next.byMoves[moves] ??= []).push(then)
          ask(next, then)
        }
      }
    }
    return outcomes.all()
  }

  /** Makes one more move in each world of a situation, and gives those that are to be asked then. */
  private moveOn(
    situation: Situation,
    moves: number,
    ask: (situation: Situation, world: number) => void,
  ): void {
    const { node, names, met, byMoves } = situation
    const before = byMoves[moves - 1]
    if (before === undefined || node.asks === undefined) return
    const answerTo = this.graph.answersTo(node.asks)
    const visit = ++this.visit
    const moved: Array<number> = []
    for (const from of before) {
      const answer = answerTo(from)
      for (const to of this.graph.next(from, names)) {
        if (to >= this.visitOf.length) this.grow(to)
        if (this.visitOf[to] !== visit) {
          this.visitOf[to] = visit
          const isNew = !met.has(to)
          this.isShown[to] = Number(isNew)
          if (isNew) moved.push(to)
        }
        if (this.isShown[to] === 1 && answerTo(to) === answer) this.isShown[to] = 0
      }
    }
    for (const to of moved) if (this.isShown[to] === 1) ask(situation, to)
    if (moves === this.bounds.moves) {
      // Nothing of it is needed any more.
      met.clear()
      byMoves.length = 0
      return
    }
    byMoves[moves] = moved
    for (const to of moved) met.add(to)
    this.met += moved.length
  }

  /** How the reading ends in a world that stands still. */
  private ending(situation: Situation, listed: number): Ending {
    let ending = situation.ending.get(listed)
    if (ending === undefined) situation.ending.set(listed, (ending = this.readOn(situation, listed)))
    return ending
  }

  private readOn(situation: Situation, listed: number): Ending {
    const { asks } = situation.node
    if (asks === undefined) return this.oneEnding(situation, allNames.slice(0, situation.names))
    const step = this.after(situation, this.graph.answersTo(asks)(listed))
    const { situation: end, order } = this.ending(step.situation, step.renamed(listed))
    const names = namesInOrder(this.graph.world(listed), step.order)
    return this.oneEnding(end, Array.from(order, (name) => names[name.charCodeAt(0)]!).join(""))
  }

  private oneEnding(situation: Situation, order: string): Ending {
    const key = `${situation.id} ${order}`
    let ending = this.endings.get(key)
    if (ending === undefined) this.endings.set(key, (ending = { id: this.endings.size, situation, order }))
    return ending
  }

  private grow(world: number): void {
    const visitOf = new Int32Array(2 * world)
    visitOf.set(this.visitOf)
    this.visitOf = visitOf
    const isShown = new Uint8Array(2 * world)
    isShown.set(this.isShown)
    this.isShown = isShown
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
    return { situation: this.situation(edge.node, renamed), order, renamed: this.graph.renamed(order) }
  }

  private situation(node: ReadingNode, known: ReadonlyArray<Known>): Situation {
    const key = `${node.id} ${known.map(({ name, states }) => `${name === blank ? "-" : ""}${states.join("")}`).join()}`
    let situation = this.situationIds.get(key)
    if (situation === undefined) {
      const names = known.filter(({ name }) => name !== blank).length
      const nothing = { after: [], ending: new Map<number, Ending>(), met: new Set<number>(), byMoves: [] }
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

const allNames = Array.from({ length: blank }, (_, name) => String.fromCharCode(name)).join("")

/** The worlds in which a reading may begin with so many moves made before: each row that has another link already has cost one. */
const beginnings = (bounds: SmallBounds, moves: number): ReadonlyArray<string> =>
  allWorlds(bounds, relinked).filter(
    (world) => rowsOf(world).filter(({ state }) => state === relinked).length === moves,
  )

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
