/**
 * Where each world comes to in one move, with what is asked of those worlds most, all in one array: they are gone through in a row
 * millions of times, and millions of small arrays would take long to clear away.
 */
import { NumberByNumber } from "./NumberByNumber.fixture.ts"
import { PairNumbering } from "./PairNumbering.fixture.ts"
import type { WorldGraph } from "./WorldGraph.fixture.ts"

/** How many numbers tell of a world: its own, that of its list, and that of the courses of its rows (`IdentityOutcomes.fixture.ts`). */
export const width = 3

export class WorldMoves {
  /** For each world and number of names how many numbers follow, and these. */
  numbers = new Int32Array(1 << 16)
  private end = 0
  private readonly graph: WorldGraph
  private readonly coursesOf: NumberByNumber
  private readonly froms = new PairNumbering()
  private readonly starts = new NumberByNumber((id) => this.add(this.froms.first(id), this.froms.second(id)))

  constructor(graph: WorldGraph, coursesOf: NumberByNumber) {
    this.graph = graph
    this.coursesOf = coursesOf
  }

  /** Where those of a world begin in `numbers`. */
  start(world: number, names: number): number {
    return this.starts.get(this.froms.idOf(world, this.graph.namesIn(world, names)))
  }

  private add(world: number, names: number): number {
    const next = this.graph.next(world, names)
    const start = this.end
    this.end += 1 + width * next.length
    if (this.end > this.numbers.length) {
      const more = new Int32Array(2 * this.end)
      more.set(this.numbers)
      this.numbers = more
    }
    const { numbers, graph, coursesOf } = this
    let at = start
    numbers[at++] = width * next.length
    for (const to of next) {
      numbers[at++] = to
      numbers[at++] = graph.listOf(to)
      numbers[at++] = coursesOf.get(to)
    }
    return start
  }
}
