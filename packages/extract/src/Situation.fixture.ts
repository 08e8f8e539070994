/** Where a reading of a small world stands: what the reader does next, what it knows of the world's names, and what was found from here. */
import type { ReadingNode } from "./ReadingTree.fixture.ts"
import type { Renaming } from "./WorldGraph.fixture.ts"

/** An identity that the reader knows by a label: its name, and its states by look. */
export interface Known {
  readonly name: number
  readonly states: ReadonlyArray<number>
}

/** Where the reader stands, and what its labels are. */
export interface Situation {
  readonly id: number
  readonly node: ReadingNode
  readonly known: ReadonlyArray<Known>
  /** How many of the world's names it knows. */
  readonly names: number
  /** What comes after each answer. */
  readonly after: Array<Step | undefined>
  /** The worlds that were met here, by the number of moves. */
  readonly byMoves: Array<Array<number> | undefined>
}

/** What comes after an answer. */
export interface Step {
  readonly situation: Situation
  readonly renaming: Renaming
}
