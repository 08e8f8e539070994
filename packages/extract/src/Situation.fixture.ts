/** Where a reading of a small world stands: what the reader does next, what it knows of the world's names, and what was found from here. */
import type { ReadingNode } from "./ReadingTree.fixture.ts"

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
  /** How it ends in each world, as listed, if nothing moves any more. */
  readonly ending: Map<number, Ending>
  /** The worlds that were met here; and those by the number of moves. */
  readonly met: Set<number>
  readonly byMoves: Array<Array<number>>
}

/** What comes after an answer. */
export interface Step {
  readonly situation: Situation
  /** The names that it knows, as they were called before. */
  readonly order: string
  readonly renamed: (world: number) => number
}

/** An end of a reading, seen from a world: by what names that calls those which the reader knows. */
export interface Ending {
  readonly id: number
  readonly situation: Situation
  readonly order: string
}
