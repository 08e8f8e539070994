/**
 * What readings come to for one identity at a time: the rows that it had when the reading began, those that were read, and those
 * that it has in the end. An archive merges one identity at a time, and no promise speaks of two.
 *
 * A row that is WAITING shows a blank path. So it counts twice: among those of its name, as what it will be, and among the blank ones.
 */
import type { DayReading } from "@vodstation-etl/core/Reading"
import type { EndedReading } from "./ReadingTree.fixture.ts"
import type { Ending, Situation } from "./Situation.fixture.ts"
import { sorted } from "./SmallArchive.fixture.ts"
import { blank, codeOf, rowsOf, type SmallRow, waiting } from "./SmallWorld.fixture.ts"
import { listedAndLeft, spentBefore, type WorldGraph } from "./WorldGraph.fixture.ts"

export interface Outcome {
  readonly isBlank: boolean
  /** Rows of the identity, sorted, under name 0 or as blank ones. */
  readonly start: string
  /** Undefined where the day failed. */
  readonly read: string | undefined
  /** These tell how they began. */
  readonly end: string
  readonly reading: DayReading | undefined
  /** The least number of moves that it takes. */
  readonly moves: number
}

/** What every reading of all worlds within bounds comes to, and how much was gone through to find it. */
export interface AllOutcomes {
  readonly outcomes: ReadonlyArray<Outcome>
  /** Worlds that occurred; pairs of where the reader stands and a world; and how often the real reader was run. */
  readonly worlds: number
  readonly met: number
  readonly runs: number
  /** Of a reading. */
  readonly mostRequests: number
}

/** Rows of one identity, from the beginning of a reading to its end. */
interface Course {
  readonly id: number
  readonly name: number
  readonly start: string
  readonly end: string
}

/** The courses of all rows of a world, numbered; and how many of its moves were made before the reading. */
interface Courses {
  readonly id: number
  readonly spent: number
  readonly courses: ReadonlyArray<Course>
}

/** What was read of an identity by a reading of some worth, and in which courses, with the least number of moves each. */
interface Harvest {
  readonly read: string | undefined
  readonly reading: DayReading | undefined
  readonly moves: Map<number, number>
}

/** What came of an end of a reading: for each name that was read, and for all others. */
interface Harvests {
  readonly byName: ReadonlyMap<number, Harvest>
  readonly others: Harvest
  /** The least number of moves by the number of the courses. */
  readonly moves: Map<number, number>
}

/** What a reading is worth, in one word for each of all that promises depend on. */
export const worthOf = (reading: DayReading | undefined): string =>
  reading === undefined
    ? "failed"
    : `${reading.proof} ${reading.strong} ${reading.settled} ${reading.openRows > 0} ${reading.rowCount > 0} ${reading.apiTotal > 0} ${reading.rowCount < reading.apiTotal}`

/** The outcomes of several, each once, with the least number of moves. */
export const together = (several: ReadonlyArray<ReadonlyArray<Outcome>>): ReadonlyArray<Outcome> => {
  const least = new Map<string, Outcome>()
  for (const outcome of several.flat()) {
    const { isBlank, start, read, end, reading, moves } = outcome
    const key = `${worthOf(reading)} ${read} ${isBlank} ${start}|${end}`
    if (moves < (least.get(key)?.moves ?? Infinity)) least.set(key, outcome)
  }
  return [...least.values()]
}

const text = (row: SmallRow): string => String.fromCharCode(codeOf(row))

export class IdentityOutcomes {
  private readonly graph: WorldGraph
  private readonly endOf: (situation: Situation) => EndedReading | undefined
  private readonly harvests: Array<Harvests | undefined> = []
  private readonly harvestByKey = new Map<string, Harvest>()
  private readonly courseByKey = new Map<string, Course>()
  private readonly courses: Array<Course> = []
  private readonly coursesByKey = new Map<string, Courses>()
  private readonly coursesByRows = new Map<string, Courses>()
  private readonly coursesByWorld: Array<Courses | undefined> = []
  /** Of an identity that only the archive knows, or one that left unseen. */
  private readonly nowhere: Course

  constructor(graph: WorldGraph, endOf: (situation: Situation) => EndedReading | undefined) {
    this.graph = graph
    this.endOf = endOf
    this.nowhere = this.course(0, "", "")
  }

  /** A reading that ended so, in a world that took so many moves. */
  add(ending: Ending, world: number, moves: number): void {
    const harvests = (this.harvests[ending.id] ??= this.harvest(ending))
    const { id, spent, courses } = this.coursesOf(world)
    const known = harvests.moves.get(id)
    if (known !== undefined && known <= moves - spent) return
    harvests.moves.set(id, moves - spent)
    note(harvests.others, this.nowhere, moves - spent)
    for (const course of courses) {
      note(harvests.byName.get(course.name) ?? harvests.others, course, moves - spent)
    }
    for (const [name, harvest] of harvests.byName) {
      if (courses.some((course) => course.name === name)) continue
      note(harvest, name === blank ? this.course(blank, "", "") : this.nowhere, moves - spent)
    }
  }

  all(): ReadonlyArray<Outcome> {
    const outcomes = new Map<string, Outcome>()
    for (const [key, { read, reading, moves }] of this.harvestByKey) {
      for (const [id, least] of moves) {
        const { name, start, end } = this.courses[id]!
        const isBlank = name === blank
        const known = outcomes.get(`${key} ${isBlank} ${start}|${end}`)?.moves ?? Infinity
        const outcome = { isBlank, start, read, end, reading, moves: Math.min(known, least) }
        outcomes.set(`${key} ${isBlank} ${start}|${end}`, outcome)
      }
    }
    return [...outcomes.values()]
  }

  private harvest({ situation, order }: Ending): Harvests {
    const end = this.endOf(situation)
    const reading = end?.reading
    const read = new Map<number, string>()
    for (const { name: label, slot, state } of rowsOf(end?.slices.join("") ?? "")) {
      const known = situation.known[label]!
      const name = known.name === blank ? blank : order.charCodeAt(known.name)
      const row = { name: name === blank ? blank : 0, slot, state, isFresh: false }
      read.set(name, sorted((read.get(name) ?? "") + text(row)))
    }
    const worth = worthOf(reading)
    const harvestOf = (rows: string | undefined): Harvest => {
      const key = `${worth} ${rows}`
      let harvest = this.harvestByKey.get(key)
      if (harvest === undefined) {
        this.harvestByKey.set(key, (harvest = { read: rows, reading, moves: new Map() }))
      }
      return harvest
    }
    return {
      byName: new Map([...read].map(([name, rows]) => [name, harvestOf(rows)])),
      others: harvestOf(reading === undefined ? undefined : ""),
      moves: new Map(),
    }
  }

  private course(name: number, start: string, end: string): Course {
    const key = `${name} ${start}|${end}`
    let course = this.courseByKey.get(key)
    if (course === undefined) {
      this.courseByKey.set(key, (course = { id: this.courses.length, name, start, end }))
      this.courses.push(course)
    }
    return course
  }

  private coursesOf(world: number): Courses {
    let known = this.coursesByWorld[world]
    if (known === undefined) {
      // In whatever order its rows are.
      const rows = sorted(this.graph.world(world))
      known = this.coursesByRows.get(rows)
      if (known === undefined) this.coursesByRows.set(rows, (known = this.coursesIn(rows)))
      this.coursesByWorld[world] = known
    }
    return known
  }

  private coursesIn(world: string): Courses {
    const [listed, left] = listedAndLeft(world)
    const starts = new Map<number, string>([[blank, ""]])
    const ends = new Map<number, string>([[blank, ""]])
    const add = (to: Map<number, string>, name: number, row: Omit<SmallRow, "name">) =>
      to.set(name, sorted((to.get(name) ?? "") + text({ ...row, name: name === blank ? blank : 0 })))
    for (const { name, slot, began = 0 } of rowsOf(listed + left)) {
      if (began > 0) add(starts, name, { slot, state: began - 1, isFresh: false })
      if (began === waiting + 1) add(starts, blank, { slot, state: waiting, isFresh: false })
    }
    for (const row of rowsOf(listed)) {
      add(ends, row.name, row)
      if (row.state === waiting) add(ends, blank, row)
    }
    const names = [...new Set([...starts.keys(), ...ends.keys()])].toSorted()
    const courses = names.map((name) => this.course(name, starts.get(name) ?? "", ends.get(name) ?? ""))
    const spent = spentBefore(world)
    const key = `${spent} ${courses.map(({ id }) => id).join()}`
    let known = this.coursesByKey.get(key)
    if (known === undefined) {
      this.coursesByKey.set(key, (known = { id: this.coursesByKey.size, spent, courses }))
    }
    return known
  }
}

const note = ({ moves }: Harvest, { id }: Course, least: number): void => {
  const known = moves.get(id)
  if (known === undefined || known > least) moves.set(id, least)
}
