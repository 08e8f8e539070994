/**
 * Holds the reader to its promises over all nights of all small worlds within bounds, prints what that came to, and tells the
 * story of a promise that is broken.
 */
import { expect } from "vitest"
import { type BrokenPromise, exploreNights } from "./exploreNights.fixture.ts"
import { findOutcomesByThreads } from "./findOutcomesByThreads.fixture.ts"
import { findStory, tellList, tellMove, tellRows } from "./findStory.fixture.ts"
import type { SmallGateway } from "./replayReading.fixture.ts"
import { sorted } from "./SmallArchive.fixture.ts"
import {
  allWorlds,
  appearancesIn,
  blank,
  codeOf,
  movesOf,
  nameCount,
  relinked,
  rename,
  rowsOf,
  type SmallBounds,
  waiting,
} from "./SmallWorld.fixture.ts"

/** A reading of such a world must end within so many requests: six tries of each of two slices and more. */
const mostRequests = 60

export const expectPromisesKept = (gateway: Omit<SmallGateway, "settled">, bounds: SmallBounds): void => {
  const began = performance.now()
  expectKept(gateway, bounds, exploreNights(gateway, bounds), began)
}

/** The same by two threads, which share the readings with the last of the moves. */
export const expectPromisesKeptByThreads = async (
  gateway: Omit<SmallGateway, "settled">,
  bounds: SmallBounds,
): Promise<void> => {
  const began = performance.now()
  const found = await findOutcomesByThreads(gateway, bounds, 2)
  expectKept(gateway, bounds, exploreNights(gateway, bounds, found), began)
}

const expectKept = (
  gateway: Omit<SmallGateway, "settled">,
  bounds: SmallBounds,
  { counts, broken, ...effort }: ReturnType<typeof exploreNights>,
  began: number,
): void => {
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const { rows, slots, moves } = bounds
  console.log(
    `${rows} rows in ${slots} slots, ${moves} moves, pages of ${gateway.cap}: ` +
      `${effort.worlds} worlds, in ${effort.met} states of a reading, equal ones merged; ` +
      `${counts.nights} nights of an identity and ${counts.readings} readings of them: ` +
      `${counts.closed} closed, ${counts.failed} failed, ${counts.marked} marked rows, ${counts.doubted} were doubted; ` +
      `of ${counts.still} readings of a still world ${counts.stillAndWeak} were weak, ${counts.stillWithExtra} left rows that had gone; ` +
      `the reader ran ${effort.runs} times, with up to ${effort.mostRequests} requests; ${seconds} s`,
  )
  expect(broken.map((promise) => tellBroken(gateway, bounds, promise))).toEqual([])
  expect(effort.mostRequests).toBeLessThanOrEqual(mostRequests)
  // Nothing of this holds for lack of opportunity.
  for (const happened of [counts.closed, counts.marked, counts.doubted, counts.still, counts.stillAndWeak]) {
    expect(happened).toBeGreaterThan(0)
  }
}

const tellBroken = (
  gateway: Omit<SmallGateway, "settled">,
  bounds: SmallBounds,
  { promise, example, outcome, count }: BrokenPromise,
): string => {
  const { archive, reading, commit } = example
  const settled = reading?.settled ?? true
  const told = { ...gateway, settled }
  const { isBlank } = outcome
  /** The rows of the identity, however they began. */
  const ofIdentity = (rows: string) =>
    sorted(
      rowsOf(rows)
        .filter(({ name, state }) => (isBlank ? name === blank || state === waiting : name === 0))
        .map((row) => codeOf({ ...row, name: isBlank ? blank : 0, began: 0 }))
        .map((code) => String.fromCharCode(code))
        .join(""),
    )
  const worlds = namedFor(isBlank, allWorlds(bounds, relinked))
  const story = findStory({
    gateway: told,
    events: outcome.moves,
    beginnings: worlds
      .filter((world) => ofIdentity(world) === outcome.start)
      .map((world) => ({ world, before: world, story: [`${tellList(told, world)}.`] })),
    moves: (now) =>
      [...movesOf(now), ...(settled ? [] : appearancesIn(now, bounds, nameCount(now)))].map((moved) => ({
        world: moved.world,
        text: tellMove(moved),
      })),
    tellEnd: (now, rows, read) => {
      const isIt = "proof" in read ? ofIdentity(rows) === outcome.read : outcome.read === undefined
      if (!isIt || ofIdentity(now) !== ofIdentity(outcome.end)) return undefined
      if (!("proof" in read)) return read.message
      if (read.proof !== reading?.proof || read.strong !== reading.strong) return undefined
      return `read, ${read.settled ? "settled" : "not settled"}, ${read.proof}, ${read.strong ? "strong" : "weak"}.`
    },
  })
  const kept = rowsOf(commit.archive).filter((row) => !row.isFresh).length
  const whose = isBlank ? "of rows with a blank path" : "of row a"
  return [
    `${promise} (${count} times). The smallest:`,
    `the archive holds, ${whose}, ${tellRows(archive) || "nothing"}`,
    ...(story ?? ["(no story within these bounds)"]),
    `then the archive holds ${tellRows(commit.archive) || "nothing"}, ${kept} of them not marked; gone: ${tellRows(commit.gone) || "none"}${commit.isClosed ? "; the day is closed" : ""}`,
  ].join("\n")
}

/** The worlds, with each of their names in turn as that of row a, which the story is about; and with none. */
const namedFor = (isBlank: boolean, worlds: ReadonlyArray<string>): ReadonlyArray<string> =>
  isBlank
    ? worlds
    : worlds.flatMap((world) =>
        Array.from({ length: nameCount(world) + 1 }, (_, a) =>
          rename(world, (name) => (name === a ? 0 : name < a ? name + 1 : name)),
        ),
      )
