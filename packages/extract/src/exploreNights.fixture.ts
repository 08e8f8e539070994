/**
 * Night after night over every small world: a day is read, merged by core's rules and read again, with moves within and
 * between the readings, until no moves are left and the world stands still; or until it closes, since a closed day is not
 * read again. Whatever is reached is held against what the design promises.
 *
 * The readings are those that the real reader makes of all worlds (`ReadingExplorer.fixture.ts`); the nights are gone through
 * for one identity at a time (`SmallNight.fixture.ts`).
 */
import type { AllOutcomes, Outcome } from "./IdentityOutcomes.fixture.ts"
import { outcomesOneByOne } from "./outcomesOneByOne.fixture.ts"
import { outcomesOf } from "./ReadingExplorer.fixture.ts"
import type { SmallGateway } from "./replayReading.fixture.ts"
import { makeSmallCommit, type SmallCommit } from "./SmallArchive.fixture.ts"
import { brokenPromise, differences, type MergedReading } from "./smallClaims.fixture.ts"
import {
  firstNights,
  mayComeOf,
  nightKey,
  rowsAfterMove,
  type SmallNight,
  untilNextReading,
} from "./SmallNight.fixture.ts"
import { rowAt, type SmallBounds, waiting } from "./SmallWorld.fixture.ts"

/** What was seen over all nights. */
export interface NightCounts {
  /** States of an identity in world and archive before a reading, equal ones merged. */
  nights: number
  /** Readings of those that differ in what they come to for it. */
  readings: number
  failed: number
  closed: number
  /** Readings that marked a row missing or withdrew one, and such as were not believed (`DayShrunk`). */
  marked: number
  doubted: number
  /** Readings of a world that stands still: of those weak ones, and of those such after which the archive holds more than the world. */
  still: number
  stillAndWeak: number
  stillWithExtra: number
}

export interface BrokenPromise {
  readonly promise: string
  readonly example: MergedReading
  readonly outcome: Outcome
  count: number
}

/** A reader before or after the day has settled, and what all its readings come to. */
class Reader {
  readonly settled: boolean
  readonly found: AllOutcomes
  private readonly byRows = new Map<string, ReadonlyArray<Outcome>>()

  constructor(settled: boolean, found: AllOutcomes) {
    this.settled = settled
    this.found = found
  }

  outcomesOf({ isBlank, rows }: SmallNight): ReadonlyArray<Outcome> {
    const key = `${isBlank} ${rows}`
    let outcomes = this.byRows.get(key)
    if (outcomes === undefined) {
      outcomes = this.found.outcomes.filter(
        (outcome) => outcome.isBlank === isBlank && mayComeOf(rows, outcome),
      )
      this.byRows.set(key, outcomes)
    }
    return outcomes
  }
}

/** Nights by the number of moves that are left, most first; each is gone through with the most that it was reached with. */
class Agenda {
  private readonly most = new Map<string, number>()
  private readonly byBudget: ReadonlyArray<Array<SmallNight>>

  constructor(moves: number) {
    this.byBudget = Array.from({ length: moves + 1 }, () => [])
  }

  plan(night: SmallNight, budget: number): void {
    const key = nightKey(night)
    if ((this.most.get(key) ?? -1) >= budget) return
    this.most.set(key, budget)
    this.byBudget[budget]!.push(night)
  }

  *nights(): Generator<readonly [SmallNight, budget: number]> {
    for (let budget = this.byBudget.length - 1; budget >= 0; budget--) {
      // The list grows while it is gone through.
      for (const night of this.byBudget[budget]!)
        if (this.most.get(nightKey(night)) === budget) yield [night, budget]
    }
  }
}

/** What all readings come to before and after the day has settled. */
export type FoundOutcomes = Readonly<Record<"before" | "after", AllOutcomes>>

export const findOutcomes = (
  gateway: Omit<SmallGateway, "settled">,
  bounds: SmallBounds,
  share?: { readonly part: number; readonly of: number },
): FoundOutcomes => {
  const find = (settled: boolean) =>
    // One that gives up early looks at what rows say, so that no two readings are alike.
    gateway.tries === undefined
      ? outcomesOf({ ...gateway, settled }, bounds, share)
      : outcomesOneByOne({ ...gateway, settled }, bounds)
  return { before: find(false), after: find(true) }
}

/** Goes through all nights within bounds. */
export const exploreNights = (
  gateway: Omit<SmallGateway, "settled">,
  bounds: SmallBounds,
  found = findOutcomes(gateway, bounds),
) => {
  const readers = [new Reader(false, found.before), new Reader(true, found.after)]
  const agenda = new Agenda(bounds.moves)
  const width = gateway.cells ? 1 : gateway.slots
  const commit = makeSmallCommit(width)
  const counts: NightCounts = {
    ...{ nights: 0, readings: 0, failed: 0, closed: 0 },
    ...{ marked: 0, doubted: 0, still: 0, stillAndWeak: 0, stillWithExtra: 0 },
  }
  const broken = new Map<string, BrokenPromise>()

  const check = (read: MergedReading, outcome: Outcome, isStill: boolean) => {
    const { commit, reading, shownThen } = read
    counts.readings++
    if (reading === undefined) counts.failed++
    if (commit.gone !== "") counts.marked++
    if (commit.isDoubted) counts.doubted++
    if (commit.isClosed) counts.closed++
    if (isStill) {
      counts.still++
      if (reading?.strong !== true) counts.stillAndWeak++
      if (differences(commit.archive, shownThen, width).extra > 0) counts.stillWithExtra++
    }
    const promise = brokenPromise(read, isStill)
    if (promise === undefined) return
    const known = broken.get(promise)
    if (known === undefined) broken.set(promise, { promise, example: read, outcome, count: 1 })
    else known.count++
  }

  const commitsOf = ({ archive, wasDoubted }: SmallNight, { read, reading }: Outcome): Array<SmallCommit> => {
    if (read === undefined || reading === undefined) {
      return [{ archive, gone: "", isClosed: false, isDoubted: wasDoubted }]
    }
    const plain = commit(archive, read, reading, wasDoubted)
    // The archive may hold other rows.
    const others = reading.strong && reading.rowCount === 0 && !plain.isDoubted && !wasDoubted
    return others ? [plain, { ...plain, isClosed: false, isDoubted: true }] : [plain]
  }

  const readOne = (night: SmallNight, outcome: Outcome, budget: number, settled: boolean) => {
    const { isBlank, archive, rows } = night
    const { end, reading, moves } = outcome
    const shownThen = Array.from(end)
      .filter((row) => isBlank || rowAt(row, 0).state !== waiting)
      .join("")
    for (const done of commitsOf(night, outcome)) {
      check(
        { archive, world: rows, worldThen: end, shownThen, reading, commit: done, width },
        outcome,
        settled && moves === 0,
      )
      if (done.isClosed) continue
      const next = { isBlank, rows: untilNextReading(end), archive: done.archive }
      agenda.plan({ ...next, hasSettled: settled, wasDoubted: done.isDoubted }, budget - moves)
    }
  }

  for (const first of firstNights(bounds)) {
    agenda.plan({ ...first, archive: "", hasSettled: false, wasDoubted: false }, bounds.moves)
  }
  for (const [night, budget] of agenda.nights()) {
    counts.nights++
    for (const reader of readers) {
      const { settled } = reader
      if (night.hasSettled && !settled) continue
      if (budget > 0) {
        for (const rows of rowsAfterMove(night, bounds, settled)) {
          agenda.plan({ ...night, rows: untilNextReading(rows), hasSettled: settled }, budget - 1)
        }
      }
      for (const outcome of reader.outcomesOf(night)) {
        if (outcome.moves <= budget) readOne(night, outcome, budget, settled)
      }
    }
  }
  const sum = (count: "runs" | "met" | "worlds") =>
    readers.reduce((total, { found }) => total + found[count], 0)
  return {
    counts,
    broken: [...broken.values()],
    ...{ runs: sum("runs"), met: sum("met"), worlds: sum("worlds") },
    mostRequests: Math.max(...readers.map(({ found }) => found.mostRequests)),
  }
}
