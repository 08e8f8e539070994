/**
 * What readings come to for one identity at a time: the rows that it had when the reading began, those that were read, and those
 * that it has in the end. An archive merges one identity at a time, and no promise speaks of two.
 *
 * A row that is WAITING shows a blank path. So it counts twice: among those of its name, as what it will be, and among the blank ones.
 */
import type { DayReading } from "@vodstation-etl/core/Reading"
import type { EndedReading } from "./ReadingTree.fixture.ts"
import type { Situation } from "./Situation.fixture.ts"
import { sorted } from "./SmallArchive.fixture.ts"
import { blank, codeOf, rowsOf, type SmallRow, waiting } from "./SmallWorld.fixture.ts"
import { listedAndLeft, spentBefore } from "./ListHistory.fixture.ts"
import { NumberByNumber } from "./NumberByNumber.fixture.ts"
import type { WorldGraph } from "./WorldGraph.fixture.ts"

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

/** The courses of all rows of a world, and how many of its moves were made before the reading. */
interface Courses {
  readonly spent: number
  readonly courses: ReadonlyArray<Course>
}

/** What was read of an identity by a reading of some worth, and in which courses, with the least number of moves each. */
interface Harvest {
  readonly id: number
  readonly read: string | undefined
  readonly reading: DayReading | undefined
  readonly moves: Map<number, number>
}

/** What came of readings that ended alike: for each name that was read, and for all others. */
interface Harvests {
  readonly byName: ReadonlyMap<number, Harvest>
  readonly others: Harvest
  /** One more than the least number of moves by the number of the courses; 0 where there is none. */
  moves: Uint8Array
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
  private readonly harvests: Array<Harvests> = []
  private readonly harvestsIds = new Map<string, number>()
  private readonly endedIn: Array<number> = []
  private readonly renamed: Array<Array<number>> = []
  private readonly harvestByKey = new Map<string, Harvest>()
  private readonly courseByKey = new Map<string, Course>()
  private readonly courses: Array<Course> = []
  private readonly allCourses: Array<Courses> = []
  private readonly coursesByKey = new Map<string, number>()
  private readonly coursesByRows = new Map<string, number>()
  /** The number of the courses of a world's rows. */
  readonly coursesOf = new NumberByNumber((world) => this.coursesId(world))
  /** Of an identity that only the archive knows, or one that left unseen. */
  private readonly nowhere: Course

  constructor(graph: WorldGraph, endOf: (situation: Situation) => EndedReading | undefined) {
    this.graph = graph
    this.endOf = endOf
    this.nowhere = this.course(0, "", "")
  }

  /** The number of what is read where a reading has ended. */
  ended(situation: Situation): number {
    return (this.endedIn[situation.id] ??= this.harvestsIn(situation))
  }

  /** The same as told in a world that calls the names of this one otherwise, in their order. */
  inNames(harvests: number, names: number): number {
    const known = (this.renamed[names] ??= [])
    return (known[harvests] ??= this.rename(this.harvests[harvests]!, this.graph.names.text(names)))
  }

  /** A reading that comes to this, in a world of these courses that took so many moves. */
  add(harvests: number, courses: number, moves: number): void {
    const known = this.harvests[harvests]!
    if (courses >= known.moves.length) {
      const more = new Uint8Array(2 * courses)
      more.set(known.moves)
      known.moves = more
    }
    const least = known.moves[courses]!
    if (least > 0 && least <= moves + 1) return
    known.moves[courses] = moves + 1
    this.take(known, this.allCourses[courses]!, moves)
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

  private take({ byName, others }: Harvests, { spent, courses }: Courses, moves: number): void {
    note(others, this.nowhere, moves - spent)
    for (const course of courses) note(byName.get(course.name) ?? others, course, moves - spent)
    for (const [name, harvest] of byName) {
      if (courses.some((course) => course.name === name)) continue
      note(harvest, name === blank ? this.course(blank, "", "") : this.nowhere, moves - spent)
    }
  }

  private harvestsIn(situation: Situation): number {
    const end = this.endOf(situation)
    const read = new Map<number, string>()
    for (const { name: label, slot, state } of rowsOf(end?.slices.join("") ?? "")) {
      const { name } = situation.known[label]!
      const row = { name: name === blank ? blank : 0, slot, state, isFresh: false }
      read.set(name, sorted((read.get(name) ?? "") + text(row)))
    }
    return this.harvestsId(
      new Map([...read].map(([name, rows]) => [name, this.harvest(end?.reading, rows)])),
      this.harvest(end?.reading, end && ""),
    )
  }

  private rename({ byName, others }: Harvests, names: string): number {
    const renamed = new Map<number, Harvest>()
    for (const [name, harvest] of byName) renamed.set(name === blank ? name : names.charCodeAt(name), harvest)
    return this.harvestsId(renamed, others)
  }

  private harvestsId(byName: ReadonlyMap<number, Harvest>, others: Harvest): number {
    const told = Array.from({ length: blank + 1 }, (_, name) => byName.get(name)?.id ?? "")
    const key = `${others.id} ${told.join()}`
    let id = this.harvestsIds.get(key)
    if (id === undefined) {
      this.harvestsIds.set(key, (id = this.harvests.length))
      this.harvests.push({ byName, others, moves: new Uint8Array(1 << 12) })
    }
    return id
  }

  private harvest(reading: DayReading | undefined, read: string | undefined): Harvest {
    const key = `${worthOf(reading)} ${read}`
    let harvest = this.harvestByKey.get(key)
    if (harvest === undefined) {
      harvest = { id: this.harvestByKey.size, read, reading, moves: new Map() }
      this.harvestByKey.set(key, harvest)
    }
    return harvest
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

  private coursesId(world: number): number {
    const { worlds, lists, histories } = this.graph
    const history = histories.text(worlds.second(world))
    const [listed, left] = listedAndLeft(lists.text(worlds.first(world)), history)
    // In whatever order its rows are.
    const rows = `${sorted(listed)}|${left}`
    let id = this.coursesByRows.get(rows)
    if (id === undefined) {
      this.coursesByRows.set(rows, (id = this.coursesIn(listed, left, spentBefore(history))))
    }
    return id
  }

  private coursesIn(listed: string, left: string, spent: number): number {
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
    const key = `${spent} ${courses.map(({ id }) => id).join()}`
    let id = this.coursesByKey.get(key)
    if (id === undefined) {
      this.coursesByKey.set(key, (id = this.allCourses.length))
      this.allCourses.push({ spent, courses })
    }
    return id
  }
}

const note = ({ moves }: Harvest, { id }: Course, least: number): void => {
  const known = moves.get(id)
  if (known === undefined || known > least) moves.set(id, least)
}
