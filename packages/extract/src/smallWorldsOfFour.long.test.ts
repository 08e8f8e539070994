/**
 * `smallWorlds.test.ts` for up to four rows in one slot of time, with three moves: pages of two rows. Those of one row have a file of
 * their own, so that the two run side by side.
 */
import { it } from "vitest"
import { expectPromisesKept } from "./expectPromisesKept.fixture.ts"

const gateway = { cap: 2, asked: 10, pastTheEnd: "empty", slots: 1, cells: false } as const

it(
  "four rows in one slot, with three moves, keep all promises with pages of two rows",
  { timeout: 900_000 },
  () => {
    expectPromisesKept(gateway, { rows: 4, slots: 1, moves: 3 })
  },
)
