/**
 * The property of the whole reader over large worlds: a day that closes equals the world, a day that does not says so, and nothing
 * else happens.
 */
import * as fc from "fast-check"
import { expect } from "vitest"
import { dayState } from "@vodstation-etl/core/Reading"
import { largeWorld, type LargeWorld } from "./largeWorld.arbitrary.ts"
import { type LargeTruth, linesOf, without } from "./LargeTruth.fixture.ts"
import { readLargeWorld } from "./readLargeWorld.fixture.ts"

/** How often each outcome came, and with which oddities days closed. */
export type LargeTally = Map<string, number>

/** What a row that something happened to may have come as: one of its lines, each row once; one that left perhaps not at all. */
const isAccountedFor = (rest: ReadonlyArray<string>, truth: LargeTruth): boolean => {
  const rows = truth.movedLines()
  const assign = (index: number, taken: ReadonlySet<number>): boolean =>
    index === rest.length
      ? rows.every((row, at) => taken.has(at) || row.mayBeAbsent)
      : rows.some(
          ({ lines }, at) =>
            !taken.has(at) && lines.includes(rest[index]!) && assign(index + 1, new Set([...taken, at])),
        )
  return assign(0, new Set())
}

/** Checks one world; gives how its day came out. */
export const checkLargeWorld = async (large: LargeWorld): Promise<LargeCheck> => {
  const { read, failure, truth, requests, from } = await readLargeWorld(large)
  const { drift, order, totalSaturatesAt, mostRows } = large.gateway
  const isStill = truth.moved === 0 && drift === undefined && order !== "reshuffled"
  const isTruthful = [totalSaturatesAt, large.saturatedPages, mostRows].every((cut) => cut === undefined)
  const isDocumented = Object.keys(large.windows).length === 0
  if (read === undefined) {
    // A gateway may refuse a window whose start is not where it wants it, which shows in no rows if there are none.
    const refused = large.windows.reversedWindow === "error" ? ["BadRequest"] : []
    expect(["SliceUnproven", "PartsDisagree", ...refused]).toContain(failure!._tag)
    const mayFail = !isStill || !isDocumented || !isTruthful
    expect(mayFail, `a day that stands still failed: ${failure!.message}`).toBe(true)
    return { outcome: failure!._tag, truth }
  }
  const { reading, rows, rejects, joined } = read
  const lines = linesOf(rows, rejects, from)
  const steady = truth.steadyLines()
  const [lacks, rest] = [without(steady, lines), without(lines, steady)]
  // A millisecond that never shows the same twice is loaded in part.
  if (reading.proof === "count") expect(reading.apiTotal).toBeGreaterThanOrEqual(lines.length)
  else expect(reading.apiTotal).toBe(lines.length)
  expect(reading.requests).toBeLessThanOrEqual(requests)
  const isClosed = dayState({ ...reading, seamsHold: joined }, true) === "closed"
  if (isClosed || (reading.strong && isDocumented) || (isStill && joined)) {
    expect(lacks, "rows that were lost").toEqual([])
    expect(isAccountedFor(rest, truth), `rows that never were: ${rest.join("\n")}`).toBe(true)
  }
  if (isDocumented && isTruthful) {
    const real = [...steady, ...truth.movedLines().flatMap((row) => row.lines)]
    const known = new Set(real)
    expect(
      lines.filter((line) => !known.has(line)),
      "rows that never were",
    ).toEqual([])
    if (lines.length < reading.apiTotal) expect(without(lines, real), "more rows than there were").toEqual([])
    if (truth.moved === 0) expect(joined).toBe(true)
  }
  if (isClosed) return { outcome: "closed", truth }
  if (!joined) return { outcome: "open: not joined", truth }
  return { outcome: reading.strong ? "open: rows not final" : `open: ${reading.proof}, weak`, truth }
}

interface LargeCheck {
  readonly outcome: string
  readonly truth: LargeTruth
}

const odditiesOf = (
  { world, gateway, windows, resolution, skew, saturatedPages }: LargeWorld,
  { moved }: LargeTruth,
): ReadonlyArray<string> => [
  ...Object.keys({ ...world, ...gateway, ...windows }),
  ...(resolution === undefined ? [] : ["resolution"]),
  ...(saturatedPages === undefined ? [] : ["saturatedPages"]),
  ...(skew === 0 ? [] : ["skew"]),
  ...(moved === 0 ? [] : ["moves"]),
]

const plain: LargeWorld = {
  ...{ seed: 1, rows: 0, world: {}, gateway: {}, windows: {}, saturatedPages: undefined },
  ...{ skew: 0, moves: [], pageSize: 10, concurrency: 1, resolution: undefined },
}

/** Worlds in which the reader was once wrong. */
const onceWrong: ReadonlyArray<LargeWorld> = [
  // Rows at the borders of cells were lost in a closed day.
  { ...plain, seed: 16, rows: 16, windows: { boundUnit: "min" }, resolution: 3_600_000 },
  // An empty day failed where windows in the wrong order are refused.
  { ...plain, windows: { swapped: true, reversedWindow: "error" } },
  // The first page of 20 rows and 20 in all was believed, from a gateway that cuts both pages and totals there.
  { ...plain, rows: 100, gateway: { pageCap: 20 }, saturatedPages: 1, pageSize: 300 },
  // A row that left while the cells were read hid that others, at the borders of the cells, were in none of them.
  {
    ...{ ...plain, seed: 493032, rows: 675, pageSize: 55, concurrency: 5, resolution: 21_600_000 },
    ...{ gateway: { pageCap: 25 }, windows: { toInclusive: false, boundUnit: "min", boundCut: "both" } },
    moves: [{ request: 5, kind: "leaves", row: 284 }],
  },
  // The page after it was taken for a repeated one, since all its rows are alike with some on the first.
  {
    ...{ ...plain, world: { bulkUploads: [{ day: 1, rows: 60, atMs: 0, blank: "always" }] } },
    ...{ gateway: { pageCap: 20 }, saturatedPages: 1, pageSize: 300 },
  },
  // The pages of a list that is cut, and its total with it, were believed to be all.
  { ...plain, rows: 100, gateway: { mostRows: 65 } },
]

/** The time that looking and shrinking may take together, well below that of a test. */
const mostMs = 150_000

export const expectLargeWorldsRight = async (runs: number): Promise<LargeTally> => {
  const tally: LargeTally = new Map()
  const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1)
  // Another one each time, told so that a failure can be repeated.
  const seed = Math.trunc(Math.random() * 2 ** 31)
  const property = fc.asyncProperty(largeWorld, async (large) => {
    const { outcome, truth } = await checkLargeWorld(large)
    count(outcome)
    if (outcome === "closed") for (const oddity of odditiesOf(large, truth)) count(`closed with ${oddity}`)
  })
  await fc.assert(property, {
    ...{ seed, numRuns: runs, examples: onceWrong.map((large) => [large]), includeErrorInReport: true },
    // Shrinking ends with what was found by then.
    interruptAfterTimeLimit: mostMs,
  })
  const outcomes = [...tally].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const told = outcomes.map(([outcome, times]) => `${outcome}: ${times}`).join("; ")
  console.log(`${runs} large worlds, seed ${seed}: ${told}`)
  return tally
}
