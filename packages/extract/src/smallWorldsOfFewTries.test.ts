/**
 * Small worlds that never stand still for long enough, since the reader gives up soon: what it loads then is there, and is
 * loaded as so many different rows (`rowsShownAtOnce.ts`). With its usual number of tries few moves never bring it there.
 */
import { describe, expect, it } from "vitest"
import type { DayReading } from "@vodstation-etl/core/Reading"
import { dayState } from "@vodstation-etl/core/Reading"
import { expectPromisesKept } from "./expectPromisesKept.fixture.ts"
import { outcomesOneByOne } from "./outcomesOneByOne.fixture.ts"
import { complete, rowsOf } from "./SmallWorld.fixture.ts"

const gateway = { asked: 10, pastTheEnd: "empty", slots: 1, cells: false } as const

/** What a reading of a settled day claims too much of the rows of an identity, if it does. */
const overclaimed = (start: string, read: string, reading: DayReading): string | undefined => {
  if (reading.strong || dayState({ ...reading, seamsHold: true }, true) === "closed") return "it is strong"
  if (rowsOf(read).some(({ state }) => state < complete)) return "a row may go on"
  if (read.length > start.length) return "a row never was"
  return undefined
}

describe("a list that never shows the same twice", () => {
  it.each([
    { cap: 1, tries: 1, rows: 3, moves: 2 },
    { cap: 2, tries: 1, rows: 4, moves: 1 },
    { cap: 2, tries: 2, rows: 3, moves: 2 },
  ])("is loaded in part, and nothing that never was: %o", ({ cap, tries, rows, moves }) => {
    const bounds = { rows, slots: 1, moves } as const
    let partly = 0
    for (const { start, read, reading } of outcomesOneByOne({ ...gateway, cap, tries, settled: true }, bounds)
      .outcomes) {
      if (read === undefined || reading?.proof !== "count" || reading.rowCount === reading.apiTotal) continue
      partly++
      expect(reading.rowCount).toBeLessThan(reading.apiTotal)
      expect([start, read, overclaimed(start, read, reading)]).toEqual([start, read, undefined])
    }
    expect(partly).toBeGreaterThan(100)
  })

  // With three rows in smallWorlds.long.test.ts.
  it("keeps all promises night after night", () => {
    expectPromisesKept({ ...gateway, cap: 1, tries: 2 }, { rows: 2, slots: 1, moves: 2 })
  })
})
