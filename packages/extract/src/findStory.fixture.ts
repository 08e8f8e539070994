/**
 * Looks for the shortest way in which a reading of a small world comes to a certain end, and tells it: request by request, with
 * the moves in between.
 */
import type { DayReading } from "@vodstation-etl/core/Reading"
import type { Ask, SmallAnswer, SmallGateway, UnreadDay } from "./replayReading.fixture.ts"
import { replayReading } from "./replayReading.fixture.ts"
import { blank, type Moved, nameCount, rowsOf, type SmallRow } from "./SmallWorld.fixture.ts"
import { answerOf } from "./WorldGraph.fixture.ts"

export interface StorySearch {
  readonly gateway: SmallGateway
  /** The list as it is when the reading begins, and how it came to be so. */
  readonly beginnings: ReadonlyArray<{
    readonly world: string
    readonly before: string
    readonly story: ReadonlyArray<string>
  }>
  /** Moves and odd answers, at most. */
  readonly events: number
  /** What may happen between two requests; `names` is how many names were used by now. */
  readonly moves: (world: string, names: number) => ReadonlyArray<ToldMove>
  /** What the gateway may answer besides the truth, given the list as it is and as it was before its last move. */
  readonly oddAnswers?: (now: string, before: string, ask: Ask) => ReadonlyArray<OddAnswer>
  /** The last sentence, if the reading has come to the end that is looked for. */
  readonly tellEnd: (world: string, rows: string, end: DayReading | UnreadDay) => string | undefined
}

export interface ToldMove {
  readonly world: string
  readonly text: string
}

/** An answer that is not the truth of one moment, and what is odd about it. */
export interface OddAnswer {
  readonly answer: SmallAnswer
  readonly as: string
}

interface Situation {
  readonly world: string
  readonly before: string
  readonly names: number
  readonly answers: ReadonlyArray<SmallAnswer>
  readonly story: ReadonlyArray<string>
}

/** The story of the fewest events, if there is one; of those the first one that the beginnings give. */
export const findStory = (search: StorySearch): ReadonlyArray<string> | undefined => {
  const { gateway } = search
  const known = new Map<string, ReturnType<typeof replayReading>>()
  const observe = (answers: ReadonlyArray<SmallAnswer>) => {
    const key = JSON.stringify(answers)
    let observed = known.get(key)
    if (observed === undefined) known.set(key, (observed = replayReading(gateway, answers)))
    return observed
  }

  const goOn = (situation: Situation, events: number): ReadonlyArray<string> | undefined => {
    const { world, before, names, answers, story } = situation
    const { asks, rows, end } = observe(answers)
    if (asks === undefined) {
      const told = events > 0 ? undefined : search.tellEnd(world, rows, end!)
      return told === undefined ? undefined : [...story, told]
    }
    const hear = ({ answer, as }: OddAnswer, left: number) => {
      const line = tellAnswer(gateway, asks, answer, as)
      return goOn({ ...situation, answers: [...answers, answer], story: [...story, line] }, left)
    }
    const plain = hear({ answer: answerOf(gateway, world, asks), as: "" }, events)
    if (plain !== undefined || events === 0) return plain
    for (const odd of search.oddAnswers?.(world, before, asks) ?? []) {
      const told = hear(odd, events - 1)
      if (told !== undefined) return told
    }
    // What happens before the first request has happened before the story.
    if (answers.length === 0) return undefined
    for (const moved of search.moves(world, names)) {
      const line = `${moved.text}: ${tellList(gateway, moved.world)}.`
      const next = { world: moved.world, before: world, names: Math.max(names, nameCount(moved.world)) }
      const told = goOn({ ...next, answers, story: [...story, line] }, events - 1)
      if (told !== undefined) return told
    }
    return undefined
  }

  for (let events = 0; events <= search.events; events++) {
    for (const { world, before, story } of search.beginnings) {
      const told = goOn({ world, before, names: nameCount(world), answers: [], story }, events)
      if (told !== undefined) return told
    }
  }
  return undefined
}

/** `a, b (running), a blank one (waiting)`. */
export const tellRows = (rows: string): string => rowsOf(rows).map(tellRow).join(", ")

/** By state. */
const remarks = [" (waiting)", " (running)", "", " (new link)"]

const tellRow = ({ name, state }: SmallRow): string =>
  name === blank ? "a blank one" : `${nameOf(name)}${remarks[state]}`

export const nameOf = (name: number): string => "abcdefg"[name]!

/** `the list is a, b`; where the day is read in cells, by cell. */
export const tellList = (gateway: SmallGateway, world: string): string => {
  const told = (slots: ReadonlyArray<number>) => {
    const rows = rowsOf(world).filter(({ slot }) => slots.includes(slot))
    return rows
      .map((row) => tellRow(row) + (slots.includes(0) && row.slot > 0 ? " (of the second ms)" : ""))
      .join(", ")
  }
  return gateway.cells
    ? `the list of the first cell is ${told([0]) || "empty"}, of the second ${told([1]) || "empty"}`
    : `the list is ${told([0, 1]) || "empty"}`
}

export const tellMove = ({ move, row }: Pick<Moved, "move" | "row">): string =>
  `row ${nameOf(row.name)} ${move === "moves" ? "moves in the list" : move}`

const tellAnswer = (gateway: SmallGateway, ask: Ask, answer: SmallAnswer, as: string): string => {
  const isPart = gateway.slots > 1 && ask.beforeSlot - ask.fromSlot < gateway.slots
  const part = isPart ? ` of the ${["first", "second"][ask.fromSlot]} ${gateway.cells ? "cell" : "ms"}` : ""
  const rows = answer === "refused" || answer.rows === "" ? "no rows" : tellRows(answer.rows)
  const what = answer === "refused" ? "refused" : `${rows}; total ${answer.total}`
  return `**Page ${ask.pageNo}${part}**${as === "" ? "" : `, ${as}`}: ${what}.`
}
