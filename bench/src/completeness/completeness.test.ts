/** What docs/completeness.md says of its table, held against a smaller one: real HTTP, the same readers. */
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { completenessTable, withTable } from "./completenessTable.ts"
import { lossesOf } from "./DayResult.ts"
import { measureCompleteness } from "./measureCompleteness.ts"
import { careful, naive, ours } from "./readers.ts"
import { bulkUpload, changing, drifting, scenarios } from "./Scenario.ts"

const size = { days: 2, rowsPerDay: 1_050 }

describe("paging as scripts do it", () => {
  it.each([naive, careful])("$title reads a list whole that stands still", async (reader) => {
    const measured = await Effect.runPromise(measureCompleteness(drifting(size, 0), reader))
    expect(measured).toMatchObject({ rows: 2_100, lost: 0, doubled: 0, unnoticed: 0, open: 0, failed: 0 })
  })

  it.each([naive, careful])(
    "$title loses and doubles rows where 1 % of them move, and says nothing",
    async (reader) => {
      for (const scenario of [drifting(size, 0.01), changing(size)]) {
        const measured = await Effect.runPromise(measureCompleteness(scenario, reader))
        expect(measured).toMatchObject({ unnoticed: 2, open: 0, failed: 0 })
        expect(measured.lost).toBeGreaterThan(10)
        expect(measured.doubled).toBe(measured.lost)
      }
    },
  )
})

describe("vodstation-etl", () => {
  it.each(scenarios(size))("loses and doubles nothing without saying so: $title", async (scenario) => {
    const measured = await Effect.runPromise(measureCompleteness(scenario, ours))
    expect(measured.rows).toBeGreaterThanOrEqual(2_100)
    expect(measured.unnoticed).toBe(0)
  })

  it("closes days of which up to 10 % of the rows move, each row once", async () => {
    for (const share of [0, 0.001, 0.01, 0.1]) {
      const measured = await Effect.runPromise(measureCompleteness(drifting(size, share), ours))
      expect([share, measured.lost, measured.doubled, measured.open, measured.failed]).toEqual([
        share,
        0,
        0,
        0,
        0,
      ])
    }
  })

  it("loads what is certain of days with a millisecond that is alike and moves, and doubles nothing", async () => {
    const measured = await Effect.runPromise(measureCompleteness(bulkUpload(size), ours))
    expect(measured).toMatchObject({ rows: 2_800, doubled: 0, unnoticed: 0, failed: 0 })
    expect(measured.open).toBeGreaterThan(0)
    expect(measured.lost).toBeLessThan(70)
  })

  it("keeps days open whose rows still change", async () => {
    expect(await Effect.runPromise(measureCompleteness(changing(size), ours))).toMatchObject({ open: 2 })
  })
})

describe("losses", () => {
  it("are the rows that are not there, and those that are there twice", () => {
    expect(lossesOf(["a", "b", "b", "b"], ["a", "b", "c", "d"])).toEqual({ lost: 2, doubled: 2 })
    expect(lossesOf(["a", "b"], ["b", "a"])).toEqual({ lost: 0, doubled: 0 })
  })
})

describe("the table", () => {
  const completeness = {
    rows: 10,
    days: 5,
    lost: 0,
    doubled: 0,
    unnoticed: 0,
    open: 0,
    failed: 0,
    requestsPerPage: 1,
  }
  const told = (changes: Partial<typeof completeness>) =>
    completenessTable([{ scenario: "s", reader: "r", completeness: { ...completeness, ...changes } }])
      .split("\n")[2]!
      .split(" | ")[4]

  it("says what was noticed, and what was not", () => {
    expect(told({})).toBe("nothing to notice")
    expect(told({ lost: 3, unnoticed: 2 })).toBe("no: 2 of 5 days are wrong")
    expect(told({ lost: 3, open: 1, failed: 1 })).toBe("1 of 5 days kept open, gave up 1 of 5 days")
  })

  it("takes its place between the marks of a page, and no other", () => {
    const page =
      "before\n<!-- table: made by `pnpm bench completeness` -->\nold\n<!-- end of table -->\nafter\n"
    const written = withTable(page, "| new |")
    expect(written).toBe(page.replace("\nold\n", "\n\n| new |\n\n"))
    expect(withTable(written!, "| new |")).toBe(written)
    expect(withTable("no marks", "| new |")).toBeUndefined()
  })
})
