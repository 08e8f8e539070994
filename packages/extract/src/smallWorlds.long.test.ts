/** `smallWorlds.test.ts` within the bounds that were asked for: three rows in two slots of time, with two moves. */
import { describe, it } from "vitest"
import { expectPromisesKept } from "./expectPromisesKept.fixture.ts"
import { expectShortCutsChangeNothing } from "./expectShortCutsChangeNothing.fixture.ts"

const patience = { timeout: 600_000 }
const onePageOneRow = { cap: 1, asked: 1, pastTheEnd: "empty", slots: 2, cells: false } as const
const bounds = { rows: 3, slots: 2, moves: 2 } as const

describe("three rows in two slots, with two moves", () => {
  it("keep all promises with pages of one row", patience, () => {
    expectPromisesKept(onePageOneRow, bounds)
  })

  it("keep all promises with pages of two rows, which is found out", patience, () => {
    expectPromisesKept({ ...onePageOneRow, cap: 2, asked: 10 }, bounds)
  })
})

describe("a reader that gives up early", () => {
  it("keeps all promises with three rows that never show the same twice", patience, () => {
    expectPromisesKept({ ...onePageOneRow, slots: 1, tries: 2 }, { rows: 3, slots: 1, moves: 2 })
  })
})

describe("the short cuts by which all readings are found", () => {
  it.each([
    [{ rows: 2, slots: 1, moves: 2 }, { settled: false }],
    [
      { rows: 3, slots: 2, moves: 2 },
      { settled: true, cap: 2, asked: 10 },
    ],
    // Three moves outlast all tries of a slice.
    [
      { rows: 3, slots: 1, moves: 3 },
      { settled: true, cap: 2, asked: 10 },
    ],
  ] as const)("change nothing: %j, %j", patience, (bounds, gateway) => {
    expectShortCutsChangeNothing({ ...onePageOneRow, ...gateway, slots: bounds.slots }, bounds)
  })
})
