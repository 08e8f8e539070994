/** `smallWorldsOfFour.long.test.ts` with pages of one row, so that four rows take four pages. */
import { it } from "vitest"
import { expectPromisesKept } from "./expectPromisesKept.fixture.ts"

const gateway = { cap: 1, asked: 1, pastTheEnd: "empty", slots: 1, cells: false } as const

it(
  "four rows in one slot, with three moves, keep all promises with pages of one row",
  { timeout: 900_000 },
  () => {
    expectPromisesKept(gateway, { rows: 4, slots: 1, moves: 3 })
  },
)
