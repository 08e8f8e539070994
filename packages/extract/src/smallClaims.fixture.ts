/**
 * What is promised of every reading of a small world (design, "What a proof is worth"), as checks of a reading that was
 * merged. Each gives the sentence that was broken, if it was.
 */
import type { DayReading } from "@vodstation-etl/core/Reading"
import type { SmallCommit } from "./SmallArchive.fixture.ts"
import { blank, complete, rowsOf, type SmallRow, waiting } from "./SmallWorld.fixture.ts"

export interface MergedReading {
  /** What the archive held before. */
  readonly archive: string
  /** The world when the reading began, and when it ended; the rows then tell how they began. */
  readonly world: string
  readonly worldThen: string
  /** Those rows of the world in the end that show the identity, if it is of one: a WAITING row shows a blank path. */
  readonly shownThen: string
  /** Undefined where the day failed. */
  readonly reading: DayReading | undefined
  readonly commit: SmallCommit
  /** Slots that a cell holds: rows of different cells are told apart. */
  readonly width: number
}

type KeyOf = (row: SmallRow) => string

/** What tells a row from another one as it shows: its identity and its cell. */
const shownKey =
  (width: number): KeyOf =>
  ({ state, name, slot }) =>
    `${state === waiting ? blank : name} ${width === 1 ? slot : 0}`

/** As it will show in the end. */
const lastKey =
  (width: number): KeyOf =>
  ({ name, slot }) =>
    `${name} ${width === 1 ? slot : 0}`

/** The states of the rows under each key, in order. */
const statesBy = (
  rows: ReadonlyArray<SmallRow>,
  keyOf: KeyOf,
): ReadonlyMap<string, ReadonlyArray<number>> => {
  const states = new Map<string, Array<number>>()
  for (const row of rows) {
    const known = states.get(keyOf(row))
    if (known === undefined) states.set(keyOf(row), [row.state])
    else known.push(row.state)
  }
  for (const known of states.values()) known.sort((a, b) => a - b)
  return states
}

/** The rows that an archive holds and has not marked missing. */
const present = (archive: string): ReadonlyArray<SmallRow> => rowsOf(archive).filter((row) => !row.isFresh)

const marked = (archive: string): ReadonlyArray<SmallRow> => rowsOf(archive).filter((row) => row.isFresh)

const countOf = (states: ReadonlyMap<string, ReadonlyArray<number>>, key: string): number =>
  states.get(key)?.length ?? 0

/** The archive can only know of a row what it was before the reading. */
const asItBegan = (row: SmallRow): SmallRow => ({ ...row, state: row.began! - 1 })

const isTerminal = (state: number): boolean => state >= complete

/** How many of the rows may be those of the archive, given that a row only goes on in its life. Both in order. */
const mostHeld = (held: ReadonlyArray<number>, now: ReadonlyArray<number>): number => {
  let next = 0
  for (const state of now) if (next < held.length && held[next]! <= state) next++
  return next
}

/**
 * No row that is still there is marked missing or withdrawn; one that gained its path is not there any more under the blank
 * one. Of twins that are alike in all columns, one that was marked before may come back in another one's place.
 */
const marksOnlyWhatHasGone = ({ archive, worldThen, commit, width }: MergedReading): string | undefined => {
  const keyOf = shownKey(width)
  const held = statesBy(present(archive), keyOf)
  const stayed = statesBy(
    rowsOf(worldThen)
      .filter((row) => !row.isFresh)
      .map(asItBegan),
    keyOf,
  )
  const [before, after] = [statesBy(marked(archive), keyOf), statesBy(marked(commit.archive), keyOf)]
  for (const [key, gone] of statesBy(rowsOf(commit.gone), keyOf)) {
    const had = held.get(key) ?? []
    const cameBack = countOf(before, key) + gone.filter(isTerminal).length - countOf(after, key)
    if (gone.length - cameBack > had.length - mostHeld(had, stayed.get(key) ?? [])) {
      return "a row that is still there was marked missing or withdrawn"
    }
  }
  return undefined
}

/**
 * A closed day holds every row of the world, under its last identity and status, and besides only such as left while it was
 * read. The link of a row may be an earlier one, if it changed after its row was read.
 */
const closedDayIsRight = ({ world, worldThen, commit, width }: MergedReading): string | undefined => {
  const keyOf = lastKey(width)
  const archived = statesBy(present(commit.archive), keyOf)
  const there = statesBy(rowsOf(worldThen), keyOf)
  const began = statesBy(rowsOf(world), keyOf)
  for (const key of new Set([...archived.keys(), ...there.keys()])) {
    const has = archived.get(key) ?? []
    const is = there.get(key) ?? []
    if (has.length < is.length) return "a row of the world is not in the closed day"
    if (has.length > (began.get(key) ?? []).length) return "the closed day holds a row that never was"
    if (is.some((state, index) => has[index]! > state))
      return "a row of the closed day is not in its last state"
  }
  return undefined
}

/** Rows of the world, each in its state, that the archive does not hold; and the other way round. */
export const differences = (archive: string, world: string, width: number) => {
  const keyOf: KeyOf = (row) => `${shownKey(width)(row)} ${row.state}`
  const [held, there] = [statesBy(present(archive), keyOf), statesBy(rowsOf(world), keyOf)]
  const less = (a: typeof held, b: typeof held) =>
    [...a].reduce((sum, [key, rows]) => sum + Math.max(0, rows.length - (b.get(key) ?? []).length), 0)
  return { lacks: less(there, held), extra: less(held, there) }
}

/**
 * After a reading of a world that stands still, everything is there; and nothing else, if the reading was strong. A weak one
 * cannot say that a row has gone.
 */
const stillDayIsRight = ({ shownThen, reading, commit, width }: MergedReading): string | undefined => {
  if (reading === undefined) return "a day that stands still could not be read"
  const { lacks, extra } = differences(commit.archive, shownThen, width)
  if (lacks > 0) return "a row of a day that stands still is not in the archive"
  return extra > 0 && reading.strong && !commit.isDoubted
    ? "the archive holds more than a day that stands still, although it was read with a strong proof"
    : undefined
}

export const brokenPromise = (read: MergedReading, isStill: boolean): string | undefined =>
  (read.commit.gone === "" ? undefined : marksOnlyWhatHasGone(read)) ??
  (read.commit.isClosed ? closedDayIsRight(read) : undefined) ??
  (isStill ? stillDayIsRight(read) : undefined)
