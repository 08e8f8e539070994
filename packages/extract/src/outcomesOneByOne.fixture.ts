/**
 * The outcomes of every reading of the worlds within bounds, found without any of the short cuts of `ReadingExplorer.fixture.ts` and
 * `ReadingTree.fixture.ts`: every world under its own names, every move at every moment, shown or not, and the reader run for every history
 * of answers as it is. To hold the short cuts against.
 */
import type { DayReading } from "@vodstation-etl/core/Reading"
import { type AllOutcomes, IdentityOutcomes, type Outcome } from "./IdentityOutcomes.fixture.ts"
import type { SmallAnswer, SmallGateway } from "./replayReading.fixture.ts"
import type { EndedReading } from "./ReadingTree.fixture.ts"
import { replayReading } from "./replayReading.fixture.ts"
import type { Situation } from "./Situation.fixture.ts"
import { mayComeOf, rowsAfterMove } from "./SmallNight.fixture.ts"
import { allWorlds, nameCount, relinked, rowsOf, type SmallBounds } from "./SmallWorld.fixture.ts"
import { WorldGraph } from "./WorldGraph.fixture.ts"

/** What the reader does after a history, as a situation in which every label is a name. */
interface Standing {
  readonly situation: Situation
  readonly reading: DayReading | undefined
  readonly after: Map<SmallAnswer, Standing>
  readonly answers: ReadonlyArray<SmallAnswer>
}

const everyName = Array.from({ length: 8 }, (_, name) => ({ name, states: [0, 1, 2, 3] }))

export const outcomesOneByOne = (gateway: SmallGateway, bounds: SmallBounds): AllOutcomes => {
  const graph = new WorldGraph(gateway, bounds)
  let [runs, met, mostRequests] = [0, 0, 0]
  const ends = new Map<Situation, EndedReading | undefined>()
  const stand = (answers: ReadonlyArray<SmallAnswer>): Standing => {
    runs++
    mostRequests = Math.max(mostRequests, answers.length)
    const { asks, slices, end } = replayReading(gateway, answers)
    const reading = end !== undefined && "proof" in end ? end : undefined
    const node = { id: runs, asks, slices: asks === undefined && reading === undefined ? undefined : slices }
    const nothing = { names: 0, after: [], byMoves: [] }
    const situation = { id: runs, node, known: everyName, ...nothing }
    ends.set(situation, reading && { reading, slices })
    return {
      situation,
      reading,
      after: new Map(),
      answers,
    }
  }
  const outcomes = new IdentityOutcomes(graph, (situation) => ends.get(situation))
  const root = stand([])

  const follow = (start: string, spent: number) => {
    const names = nameCount(start)
    const metBy = new Map<Standing, Map<number, number>>()
    const agenda: Array<readonly [Standing, world: number, moves: number]> = []
    const meet = (standing: Standing, world: number, moves: number) => {
      const known = metBy.get(standing) ?? new Map<number, number>()
      metBy.set(standing, known)
      if ((known.get(world) ?? Infinity) <= moves) return
      known.set(world, moves)
      met++
      agenda.push([standing, world, moves])
    }
    meet(root, graph.begin(start), spent)
    for (let next = agenda.pop(); next !== undefined; next = agenda.pop()) {
      const [standing, world, moves] = next
      if (standing !== root && moves < bounds.moves) {
        for (const moved of graph.next(world, names)) meet(standing, moved, moves + 1)
      }
      const { asks } = standing.situation.node
      if (asks === undefined)
        outcomes.add(outcomes.ended(standing.situation), outcomes.coursesOf.get(world), moves)
      else {
        const answer = graph.answer(graph.answersTo(asks).get(graph.listOf(world)))
        let after = standing.after.get(answer)
        if (after === undefined) standing.after.set(answer, (after = stand([...standing.answers, answer])))
        meet(after, world, moves)
      }
    }
  }
  for (const start of allWorlds(bounds, relinked)) {
    const spent = rowsOf(start).filter(({ state }) => state === relinked).length
    if (spent <= bounds.moves) follow(start, spent)
  }
  return { outcomes: outcomes.all(), worlds: graph.worlds.size, met, runs, mostRequests }
}

/** All but the rows and the number of moves, as text. */
const worthOf = ({ isBlank, read, reading }: Outcome): string =>
  `${isBlank} ${read} ${reading?.proof} ${reading?.strong} ${reading?.settled} ${reading?.openRows === 0} ${reading?.rowCount === 0}`

/** Those of `these` that none of `those` stands for, once rows that were not read have left and moves were made after the reading. */
export const outcomesNotIn = (
  these: ReadonlyArray<Outcome>,
  those: ReadonlyArray<Outcome>,
  bounds: SmallBounds,
  settled: boolean,
): ReadonlyArray<string> => {
  const least = new Map<string, Outcome>()
  const agenda = [...those]
  const keyOf = (outcome: Outcome) => `${worthOf(outcome)} ${outcome.start} ${outcome.end}`
  for (const outcome of agenda) {
    const known = least.get(keyOf(outcome))
    if (known !== undefined && known.moves <= outcome.moves) continue
    least.set(keyOf(outcome), outcome)
    if (outcome.moves === bounds.moves) continue
    const { isBlank, end, moves } = outcome
    for (const moved of rowsAfterMove({ isBlank, rows: end }, bounds, settled)) {
      agenda.push({ ...outcome, end: moved, moves: moves + 1 })
    }
  }
  const byWorth = Map.groupBy(least.values(), worthOf)
  const isThere = (outcome: Outcome) =>
    (byWorth.get(worthOf(outcome)) ?? []).some(
      (other) => other.end === outcome.end && other.moves <= outcome.moves && mayComeOf(outcome.start, other),
    )
  return these.filter((outcome) => !isThere(outcome)).map((outcome) => JSON.stringify(outcome))
}
