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
import { width, WorldMoves } from "./WorldMoves.fixture.ts"
import { WorldGraph } from "./WorldGraph.fixture.ts"

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
  return {
    outcomes,
    worlds: graph.worlds.size,
    met: explorer.met,
    runs,
    mostRequests,
  }
}

/** Marks of worlds: one that was met before, or to which some move leads that the next answer does not show; and one to which only such lead as it shows. */
const hidden = 1
const shown = 2

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
  private ended = 0
  /** The number of what a reading comes to (`IdentityOutcomes`), by a situation and a list that stands still from then on. */
  private readonly stills = new PairNumbering()
  private readonly stillTo = new NumberByNumber((still) =>
    this.readOn(this.situations[this.stills.first(still)]!, this.stills.second(still)),
  )
  private readonly nextWorlds: WorldMoves
  private readonly root: Situation
  /** The situation in which the last move is made, and what comes of it by list: the same as `still` gives, but at hand. */
  private standing: Situation
  private readonly endings = new NumberByNumber((list) => this.still(this.standing, list))
  /** While a situation is moved on: by world `hidden`, `shown` or, where it is not met, 0; and where those moved to stand in `nextWorlds`. */
  private marks = new Uint8Array(1 << 16)
  private moved = new Int32Array(1 << 16)

  constructor(tree: ReadingTree, graph: WorldGraph, bounds: SmallBounds, settled: boolean) {
    this.tree = tree
    this.graph = graph
    this.bounds = bounds
    this.settled = settled
    this.found = new IdentityOutcomes(graph, (situation) => this.worth(situation))
    this.nextWorlds = new WorldMoves(graph, this.found.coursesOf)
    this.root = this.situation(tree.root, [])
    this.standing = this.root
  }

  /** Pairs of a situation and a world that were met. */
  get met(): number {
    return this.pairs.size + this.ended
  }

  /** What all readings come to, one identity at a time; the last move is made only in situations of our share. */
  outcomes(isOurs: (situation: Situation) => boolean): ReadonlyArray<Outcome> {
    const { root } = this
    const last = this.bounds.moves
    for (let moves = 0; moves < last; moves++) {
      // All moves come before what is asked then, since a world that is met by both is moved to without being asked.
      const agenda: Array<number> = []
      for (const situation of [...this.situations])
        this.moveOn(situation, moves, (world) => agenda.push(situation.id, world))
      for (const world of this.beginnings(moves)) agenda.push(root.id, world)
      while (agenda.length > 0) {
        const world = agenda.pop()!
        this.ask(this.situations[agenda.pop()!]!, world, moves, agenda)
      }
    }
    const end = (_: number, list: number, courses: number) => {
      this.ended++
      this.found.add(this.endings.get(list), courses, last)
    }
    for (const situation of this.situations.filter(isOurs)) {
      this.standing = situation
      this.endings.forget()
      this.moveOn(situation, last, end)
    }
    for (const world of this.beginnings(last)) {
      this.ended++
      this.found.add(this.still(root, this.graph.listOf(world)), this.found.coursesOf.get(world), last)
    }
    return this.found.all()
  }

  /** The worlds in which a reading may begin with so many moves made before: each row that has another link already has cost one. */
  private beginnings(moves: number): ReadonlyArray<number> {
    return allWorlds(this.bounds, relinked)
      .filter((world) => rowsOf(world).filter(({ state }) => state === relinked).length === moves)
      .map((world) => this.graph.begin(world))
  }

  /** Goes on to the next request, if that meets what was not met before. */
  private ask(situation: Situation, world: number, moves: number, agenda: Array<number>): void {
    const { graph, pairs } = this
    const answer = graph.answersTo(situation.node.asks!).get(graph.listOf(world))
    const { situation: next, renaming } = this.after(situation, answer)
    const then = renaming.world(world)
    const known = pairs.size
    if (pairs.idOf(next.id, then) < known) return
    if (next.node.asks === undefined)
      this.found.add(this.found.ended(next), this.found.coursesOf.get(then), moves)
    else {
      ;(next.byMoves[moves] ??= []).push(then)
      agenda.push(next.id, then)
    }
  }

  /** Makes one more move in each world of a situation, and gives those that are to be asked then, with their list and courses. */
  private moveOn(
    { id, node, names, byMoves }: Situation,
    moves: number,
    ask: (world: number, list: number, courses: number) => void,
  ): void {
    const before = byMoves[moves - 1]
    if (before === undefined || node.asks === undefined) return
    const { graph, nextWorlds, pairs } = this
    const answers = graph.answersTo(node.asks)
    let [marks, moved] = this.roomForAll()
    let count = 0
    for (const worlds of byMoves) for (const world of worlds ?? []) marks[world] = hidden
    for (const from of before) {
      const answer = answers.get(graph.listOf(from))
      const start = nextWorlds.start(from, names)
      if (graph.worlds.size > marks.length) [marks, moved] = this.roomForAll()
      const { numbers } = nextWorlds
      const end = start + numbers[start]!
      for (let at = start + 1; at < end; at += width) {
        const to = numbers[at]!
        const mark = marks[to]!
        if (mark === hidden) continue
        if (mark === 0) moved[count++] = at
        marks[to] = answers.get(numbers[at + 1]!) === answer ? hidden : shown
      }
    }
    const { numbers } = nextWorlds
    const isLast = moves === this.bounds.moves
    const then: Array<number> = []
    if (!isLast) byMoves[moves] = then
    for (let index = 0; index < count; index++) {
      const at = moved[index]!
      const to = numbers[at]!
      if (marks[to] === shown) ask(to, numbers[at + 1]!, numbers[at + 2]!)
      marks[to] = 0
      if (isLast) continue
      then.push(to)
      pairs.idOf(id, to)
    }
    for (const worlds of byMoves) for (const world of worlds ?? []) marks[world] = 0
  }

  private roomForAll() {
    const { size } = this.graph.worlds
    if (size > this.marks.length) {
      const { marks, moved } = this
      this.marks = new Uint8Array(2 * size)
      this.marks.set(marks)
      this.moved = new Int32Array(2 * size)
      this.moved.set(moved)
    }
    return [this.marks, this.moved] as const
  }

  /** The number of what the reading comes to in a list that stands still. */
  private still(situation: Situation, list: number): number {
    return this.stillTo.get(this.stills.idOf(situation.id, list))
  }

  private readOn(situation: Situation, list: number): number {
    const { asks } = situation.node
    if (asks === undefined) return this.found.ended(situation)
    const { situation: next, renaming } = this.after(situation, this.graph.answersTo(asks).get(list))
    return this.found.inNames(this.still(next, renaming.list.get(list)), renaming.names.get(list))
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
