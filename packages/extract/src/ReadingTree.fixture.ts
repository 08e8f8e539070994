/**
 * What the real reader does after every history of answers, each asked for once and remembered. A reading is a path through
 * this tree: a node is where the reader stands, an edge is an answer.
 *
 * The reader compares rows and does not look at what they say before it ends: two may be of one identity, and they may be equal. So the
 * rows of a history are told by labels, one for each identity, and looks, one for each state in which that identity was seen,
 * both numbered as they come; a blank path is an identity like any other. Which rows are final it counts, slice by slice, when it
 * ends, and of a list that never stands still it gives only those: so there it is run once more with rows as they are (`worth`).
 *
 * Histories are merged where the reader forgets what made them differ (`ReadingMemory.fixture.ts`).
 */
import type { DayReading } from "@vodstation-etl/core/Reading"
import type { ReadingMemory, Remembered } from "./ReadingMemory.fixture.ts"
import { memoryAfter, memoryKey, nothingYet, relabel } from "./ReadingMemory.fixture.ts"
import type { Ask, SmallAnswer, SmallGateway } from "./replayReading.fixture.ts"
import { replayReading } from "./replayReading.fixture.ts"
import { complete, rowsOf } from "./SmallWorld.fixture.ts"

export interface ReadingNode {
  readonly id: number
  /** What the reader asks for; undefined where it has ended. */
  readonly asks: Ask | undefined
  /** The rows of each slice that it has given away, by label and look; undefined where it ended and the day failed. */
  readonly slices: ReadonlyArray<string> | undefined
}

export interface Edge {
  readonly node: ReadingNode
  /** What the node still knows, in the order of its labels, as the node before called it. */
  readonly remembered: ReadonlyArray<Remembered> | undefined
}

/** How the reader came to a node for the first time: what it is replayed from. */
interface Path {
  readonly answers: ReadonlyArray<SmallAnswer>
  /** What the node's labels and looks are in these answers. */
  readonly names: ReadonlyArray<Remembered>
  readonly memory: ReadingMemory
}

/** A reading that came to its end, and its rows by label and state. */
export interface EndedReading {
  readonly reading: DayReading
  readonly slices: ReadonlyArray<string>
}

const requestLimit = 200

/** A row has no more states. */
const looks = [0, 1, 2, 3]

export class ReadingTree {
  /** How often the reader was run. */
  runs = 0
  mostRequests = 0
  readonly root: ReadingNode
  private readonly gateway: Omit<SmallGateway, "settled">
  private readonly paths: Array<Path> = []
  private readonly edges: Array<Map<string, Edge>> = []
  private readonly merged = new Map<string, ReadingNode>()
  private readonly proven = new Map<string, DayReading>()
  private readonly worths = new Map<string, EndedReading>()

  constructor(gateway: Omit<SmallGateway, "settled">) {
    this.gateway = gateway
    this.root = this.visit({ answers: [], names: [], memory: nothingYet }).node
  }

  /** Where the reader stands after this answer, whose rows have the node's labels and looks, new ones numbered on. */
  after(node: ReadingNode, answer: SmallAnswer): Edge {
    const edges = this.edges[node.id]!
    const key = answer === "refused" ? answer : String.fromCharCode(answer.total) + answer.rows
    let edge = edges.get(key)
    if (edge === undefined) {
      edges.set(key, (edge = this.visit(follow(node.asks!, this.paths[node.id]!, answer))))
    }
    return edge
  }

  /** What a reading that ended is worth, given the state of each label and look. */
  worth(node: ReadingNode, states: ReadonlyArray<ReadonlyArray<number>>, settled: boolean): EndedReading {
    const stated = node.slices!.map((rows) =>
      relabel(rows, ({ name, state }) => [name, states[name]![state]!]),
    )
    const areOpen = stated.map((rows) => rowsOf(rows).some(({ state }) => state < complete))
    const proven = this.proven.get(`${node.id} ${settled} ${areOpen.join()}`)
    if (proven !== undefined) return { reading: proven, slices: stated }
    const key = `${node.id} ${settled} ${states.map((looks) => looks.join("")).join()}`
    let ended = this.worths.get(key)
    if (ended === undefined) {
      const { answers, names } = this.paths[node.id]!
      const stateOf = (label: number, look: number): number => {
        const at = names.findIndex((name) => name.label === label)
        const known = at < 0 ? [] : names[at]!.looks
        const left = looks.filter((state) => at < 0 || !states[at]!.includes(state))
        const others = looks.filter((other) => !known.includes(other))
        return known.includes(look) ? states[at]![known.indexOf(look)]! : left[others.indexOf(look)]!
      }
      const real = answers.map((answer) =>
        answer === "refused"
          ? answer
          : {
              ...answer,
              rows: relabel(answer.rows, ({ name, state }) => [name, stateOf(name, state)]),
            },
      )
      const { end, slices } = this.replay(real, settled)
      if (end === undefined || !("proof" in end)) throw new Error("the reader looks at what rows say")
      const asLabelled = slices.map((rows) =>
        relabel(rows, ({ name, state }) => [names.findIndex(({ label }) => label === name), state]),
      )
      ended = { reading: end, slices: asLabelled }
      // What is proven holds every row, whatever it says.
      if (end.proof === "count") this.worths.set(key, ended)
      else this.proven.set(`${node.id} ${settled} ${areOpen.join()}`, end)
    }
    return ended
  }

  private replay(answers: ReadonlyArray<SmallAnswer>, settled: boolean) {
    this.runs++
    this.mostRequests = Math.max(this.mostRequests, answers.length)
    if (answers.length > requestLimit) throw new Error(`the reader does not end: ${JSON.stringify(answers)}`)
    return replayReading({ ...this.gateway, settled }, answers)
  }

  private visit(path: Path): Edge {
    const { asks, slices, end } = this.replay(path.answers, true)
    if (asks === undefined) {
      if (!("proof" in end!))
        return { node: this.enterOnce("failed", undefined, undefined, path), remembered: [] }
      return { node: this.enter(undefined, labelled(slices, path.names), path), remembered: undefined }
    }
    const { key, remembered } = memoryKey(path.memory, asks, slices)
    const node = this.enterOnce(key, asks, labelled(slices, remembered), { ...path, names: remembered })
    return {
      node,
      remembered: remembered.map(({ label, looks }) => {
        const at = path.names.findIndex((name) => name.label === label)
        return { label: at, looks: looks.map((look) => path.names[at]!.looks.indexOf(look)) }
      }),
    }
  }

  private enterOnce(key: string, ...where: Parameters<ReadingTree["enter"]>): ReadingNode {
    let node = this.merged.get(key)
    if (node === undefined) this.merged.set(key, (node = this.enter(...where)))
    return node
  }

  private enter(asks: Ask | undefined, slices: ReadonlyArray<string> | undefined, path: Path): ReadingNode {
    const node = { id: this.paths.length, asks, slices }
    this.paths.push(path)
    this.edges.push(new Map())
    return node
  }
}

const labelled = (slices: ReadonlyArray<string>, names: ReadonlyArray<Remembered>): ReadonlyArray<string> =>
  slices.map((rows) =>
    relabel(rows, ({ name, state }) => {
      const at = names.findIndex(({ label }) => label === name)
      return [at, names[at]!.looks.indexOf(state)]
    }),
  )

/** Labels and looks that are not remembered are given again. */
const follow = (ask: Ask, path: Path, answer: SmallAnswer): Path => {
  if (answer === "refused") return { ...path, answers: [...path.answers, answer] }
  const names = path.names.map(({ label, looks }) => ({ label, looks: [...looks] }))
  const firstFree = (taken: ReadonlyArray<number>) => {
    let free = 0
    while (taken.includes(free)) free++
    return free
  }
  const rows = relabel(answer.rows, ({ name, state }) => {
    const known = (names[name] ??= { label: firstFree(names.map(({ label }) => label)), looks: [] })
    known.looks[state] ??= firstFree(known.looks)
    return [known.label, known.looks[state]]
  })
  const page = { total: answer.total, rows }
  return { answers: [...path.answers, page], names, memory: memoryAfter(path.memory, ask, page) }
}
