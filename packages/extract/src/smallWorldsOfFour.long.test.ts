/** `smallWorlds.test.ts` for up to four rows in one slot of time, with three moves. */
import { describe, it } from "vitest"
import { expectPromisesKeptByThreads } from "./expectPromisesKept.fixture.ts"

const pages = { pastTheEnd: "empty", slots: 1, cells: false } as const
const bounds = { rows: 4, slots: 1, moves: 3 } as const
const patience = { timeout: 900_000 }

describe("four rows in one slot, with three moves, keep all promises", () => {
  it("with pages of two rows", patience, () =>
    expectPromisesKeptByThreads({ ...pages, cap: 2, asked: 10 }, bounds),
  )

  it("with pages of one row", patience, () =>
    expectPromisesKeptByThreads({ ...pages, cap: 1, asked: 1 }, bounds),
  )
})
