/**
 * The real reader over every small world, with every move between any two of its requests, night after night: what a proof
 * promises is kept in all of them (docs/completeness.md). `smallWorlds.long.test.ts` goes further.
 *
 * A move is: a row gains its path (a blank WAITING one becomes another identity), ends, changes its link after its end, moves to
 * another place of the list, leaves, or, before the day has settled, appears. Twins, rows of one identity, are among the worlds.
 */
import { describe, it } from "vitest"
import { expectPromisesKept } from "./expectPromisesKept.fixture.ts"
import { expectShortCutsChangeNothing } from "./expectShortCutsChangeNothing.fixture.ts"

const onePageOneRow = { cap: 1, asked: 1, pastTheEnd: "empty", slots: 1, cells: false } as const

describe("no closed day is wrong, no row that is there is marked gone, and a day that stands still is read right", () => {
  it("with pages of one row", () => {
    expectPromisesKept({ ...onePageOneRow, slots: 2 }, { rows: 2, slots: 2, moves: 2 })
  })

  it("with pages of two rows, which is found out", () => {
    expectPromisesKept({ ...onePageOneRow, cap: 2, asked: 10, slots: 2 }, { rows: 3, slots: 2, moves: 1 })
  })

  it("with a day that is read in cells", () => {
    expectPromisesKept({ ...onePageOneRow, slots: 2, cells: true }, { rows: 2, slots: 2, moves: 2 })
  })

  it.each(["repeat", "refuse"] as const)("where a page past the end is: %s", (pastTheEnd) => {
    expectPromisesKept({ ...onePageOneRow, pastTheEnd }, { rows: 2, slots: 1, moves: 2 })
  })
})

describe("the short cuts by which all readings are found", () => {
  it.each([
    { rows: 2, slots: 1, moves: 2, settled: true },
    { rows: 2, slots: 2, moves: 1, settled: true },
    { rows: 2, slots: 2, moves: 1, settled: false },
  ] as const)("change nothing: $rows rows, $slots slots, $moves moves, settled $settled", (bounds) => {
    expectShortCutsChangeNothing({ ...onePageOneRow, slots: bounds.slots, settled: bounds.settled }, bounds)
  })
})
