/** Days that were read without an error and are not as they ought to be: what is said of them, and that a run with one is not complete. */
import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import type { Reading } from "@vodstation-etl/core/Reading"
import { days, withWorld } from "./BorderWorld.fixture.ts"
import { runDays } from "./DayRun.fixture.ts"
import { loadedInPart, outdatedReading } from "./dayProblems.ts"

describe("a day of which the gateway lists more rows than could be told apart", () => {
  const reading = { workDate: "2026-08-02", apiTotal: 400, rowCount: 390, rejectedRows: 10 } as Reading

  it("is a problem that says how many, and none where all came", () => {
    expect(loadedInPart(reading)).toBeUndefined()
    expect(loadedInPart({ ...reading, rowCount: 300 })).toMatchObject({
      day: "2026-08-02",
      error: "SliceUnproven",
      message: expect.stringMatching(/^2026-08-02: 90 of 400 rows could not be told .* run the same command/),
    })
  })

  it("is loaded in part, stays open in the ledger with the gateway's total, and makes the run incomplete", () =>
    withWorld(
      { drift: 0.3 },
      [],
      Effect.fnUntraced(function* (simulator, folder) {
        const bulk = days[1]!.start + 5_000_000
        for (let index = 0; index < 60; index++) {
          simulator.world.rows.add({
            requestTimeMs: bulk,
            outcome: "COMPLETE",
            filePath: `/${index % 20}.mp4`,
          })
        }
        const total = simulator.world.truth(days[1]!.start, days[1]!.end).length
        const { report, ledger } = yield* runDays(simulator, folder, days, 10)
        expect(report).toMatchObject({
          outcome: "incomplete",
          days: { closed: 2, open: 1, failed: 0 },
          problems: [{ day: days[1]!.date, error: "SliceUnproven" }],
        })
        expect(ledger[1]).toMatchObject({ state: "open", proof: "count", apiTotal: total, error: null })
        expect(ledger[1]!.rowCount).toBeGreaterThan(10)
        expect(ledger[1]!.rowCount).toBeLessThan(total)
      }),
    ))
})

describe("a reading that is older than the archive's", () => {
  const now = Date.parse("2026-08-10T00:00:00Z")
  const dropped = { day: "2026-08-02", reason: "differs", storedAt: now + 5_001, now } as const

  it("is a problem where the archive's is of a time to come, or the day was to be repaired", () => {
    expect(outdatedReading(dropped)?.message).toMatch(
      /a reading of 2026-08-10T00:00:05.001Z, that is later than the time now, 2026-08-10T00:00:00.000Z\. Check this machine's clock/,
    )
    expect(outdatedReading({ ...dropped, reason: "refresh" })?.error).toBe("ReadingOutdated")
    expect(outdatedReading({ ...dropped, storedAt: now })?.message).toMatch(/of another run\. Run the same/)
    expect(outdatedReading({ ...dropped, storedAt: now, reason: "refresh" })).toBeUndefined()
  })

  it("is none where another run reads the day at the same moment, by a clock that differs by seconds", () => {
    expect(outdatedReading({ ...dropped, storedAt: now + 5_000, reason: "refresh" })).toBeUndefined()
    expect(outdatedReading({ ...dropped, storedAt: now + 5_000 })?.message).toMatch(/of another run/)
  })

  it("as after a clock was set back, makes the run incomplete, and leaves the archive as it was", () =>
    withWorld(
      {},
      [],
      Effect.fnUntraced(function* (simulator, folder) {
        const start = Date.now()
        simulator.setNow(start)
        const before = yield* runDays(simulator, folder, days)
        expect(before.report.outcome).toBe("complete")
        simulator.setNow(start - 240_000)
        simulator.world.rows.add({ requestTimeMs: days[1]!.start + 5_000_000, outcome: "COMPLETE" })
        const { report, ledger } = yield* runDays(simulator, folder, days.slice(1, 2), 100, "differs")
        expect(report).toMatchObject({
          outcome: "incomplete",
          days: { closed: 0, skipped: 1 },
          problems: [{ day: days[1]!.date, error: "ReadingOutdated" }],
        })
        expect(ledger).toEqual(before.ledger)
      }),
    ))
})
