import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type DayPlan, GeneratedDay } from "./GeneratedDay.ts"
import { stateAt, type TrueRow } from "./TrueRow.ts"
import { videoBusiness } from "./videoBusiness.ts"
import { firstAtOrAfter } from "./WorldDay.ts"

const START = Date.parse("2025-09-01T00:00:00+09:00")
const LATER = START + 90 * 86_400_000

const plan = (changes: Partial<DayPlan> = {}): DayPlan => ({
  business: videoBusiness,
  seed: 1,
  day: 0,
  date: "20250901",
  startMs: START,
  endMs: START + 86_400_000,
  rows: 5_000,
  slow: false,
  failureScale: 1,
  stuckShare: 0.0005,
  canceledShare: 0.004,
  twinShare: 0.002,
  hugeShare: 0,
  bulkUploads: [],
  ...changes,
})

const rowsOf = (changes?: Partial<DayPlan>): ReadonlyArray<TrueRow> => {
  const day = new GeneratedDay(plan(changes))
  return Array.from({ length: day.count }, (_, index) => day.rowAt(index))
}

const identity = (row: TrueRow) => `${row.categoryId}|${row.filePath}|${row.outputType}`
const shareWith = (rows: ReadonlyArray<TrueRow>, has: (row: TrueRow) => boolean) =>
  rows.filter(has).length / rows.length

const longest = (slow: boolean) =>
  Math.max(...rowsOf({ slow, stuckShare: 0 }).map((row) => row.startMs - row.requestTimeMs))

describe("GeneratedDay", () => {
  it("has exactly the rows asked for, in order of time, within its day, each with its key", () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.integer(),
          rows: fc.integer({ min: 0, max: 400 }),
          twinShare: fc.constantFrom(0, 0.3),
          bulkUploads: fc.array(
            fc.record({
              day: fc.constant(0),
              atMs: fc.nat(86_399_999),
              rows: fc.integer({ min: 1, max: 30 }),
            }),
            { maxLength: 3 },
          ),
        }),
        (changes) => {
          const rows = rowsOf(changes)
          expect(rows).toHaveLength(
            changes.rows + changes.bulkUploads.reduce((sum, bulk) => sum + bulk.rows, 0),
          )
          const times = rows.map((row) => row.requestTimeMs)
          expect(times).toEqual(times.toSorted((a, b) => a - b))
          expect(times.every((ms) => ms >= START && ms < START + 86_400_000)).toBe(true)
          expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length)
        },
      ),
    )
  })

  it("is the same for the same seed, and another one for another", () => {
    expect(rowsOf({ rows: 200 })).toEqual(rowsOf({ rows: 200 }))
    expect(rowsOf({ rows: 200, seed: 2 })).not.toEqual(rowsOf({ rows: 200 }))
  })

  it("tells a row's status without building it", () => {
    const day = new GeneratedDay(plan({ rows: 1_000, stuckShare: 0.1, canceledShare: 0.2 }))
    for (const now of [START, START + 40_000_000, LATER]) {
      for (let index = 0; index < day.count; index++) {
        expect(day.statusAt(index, now)).toBe(stateAt(day.rowAt(index), now).status)
      }
    }
  })

  it("finds the first row at or after a moment", () => {
    const day = new GeneratedDay(plan({ rows: 300 }))
    const times = Array.from({ length: day.count }, (_, index) => day.timeAt(index))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.integer({ min: -10, max: 86_400_010 }).map((at) => START + at),
          fc.constantFrom(...times),
        ),
        (ms) => {
          const found = times.findIndex((time) => time >= ms)
          expect(firstAtOrAfter(day, ms)).toBe(found < 0 ? times.length : found)
        },
      ),
    )
  })

  it("encodes each file into three to five formats, and has twins only where it is told to", () => {
    const rows = rowsOf({ twinShare: 0 })
    const formats = new Map<string, number>()
    for (const row of rows) {
      const file = row.filePath.replace(`_${row.outputType}.mp4`, "")
      formats.set(file, (formats.get(file) ?? 0) + 1)
    }
    // The last file is cut off where the day's rows are full.
    expect([...formats.values()].slice(0, -1).every((count) => count >= 3 && count <= 5)).toBe(true)
    expect(new Set(rows.map(identity)).size).toBe(rows.length)
    const twins = rowsOf({ twinShare: 0.02 })
    const doubled = twins.length - new Set(twins.map(identity)).size
    expect(doubled / twins.length).toBeGreaterThan(0.01)
    expect(doubled / twins.length).toBeLessThan(0.03)
  })

  it("fails, cancels and sticks in the shares it is told", () => {
    const rows = rowsOf({ rows: 20_000, canceledShare: 0.05, stuckShare: 0.01, failureScale: 5 })
    const at = (status: string) => shareWith(rows, (row) => stateAt(row, LATER).status === status)
    expect(at("CANCELED")).toBeCloseTo(0.05, 1)
    expect(at("RUNNING") + at("WAITING")).toBeGreaterThan(0.007)
    expect(at("RUNNING") + at("WAITING")).toBeLessThan(0.013)
    const failing = (format: string) =>
      shareWith(
        rows.filter((row) => row.outputType === format),
        (row) => row.outcome === "FAILURE",
      )
    expect(failing("shorts:9x16-v2")).toBeGreaterThan(0.2)
    expect(failing("AVC_SD_1Pass_30fps_1")).toBeLessThan(0.04)
  })

  it("builds up a backlog of hours on a slow day", () => {
    expect(longest(false)).toBeLessThan(10 * 60_000)
    expect(longest(true)).toBeGreaterThan(5 * 3_600_000)
  })

  it("follows the day: evenings are busier than nights", () => {
    const rows = rowsOf()
    const between = (from: number, to: number) =>
      shareWith(
        rows,
        ({ requestTimeMs }) =>
          requestTimeMs >= START + from * 3_600_000 && requestTimeMs < START + to * 3_600_000,
      )
    expect(between(17, 20)).toBeGreaterThan(5 * between(2, 5))
  })

  it("puts a bulk upload into one millisecond, blank for ever where that is asked for", () => {
    const bulkUploads = [{ day: 0, atMs: 36_000_000, rows: 300, blank: "always" as const }]
    const bulk = rowsOf({ bulkUploads }).filter((row) => row.blankPath === "always")
    expect(bulk).toHaveLength(300)
    expect(new Set(bulk.map((row) => row.requestTimeMs)).size).toBe(1)
    expect(bulk.every((row) => stateAt(row, LATER).filePath === "")).toBe(true)
    const waiting = rowsOf({ rows: 0, bulkUploads: [{ ...bulkUploads[0]!, blank: "waiting" }] })
    expect(new Set(waiting.map((row) => stateAt(row, row.requestTimeMs).filePath))).toEqual(new Set([""]))
    expect(new Set(waiting.map((row) => stateAt(row, LATER).filePath)).size).toBeGreaterThan(290)
  })

  it("has numbers that no double can hold where it is told to", () => {
    const rows = rowsOf({ hugeShare: 0.1 })
    const huge = rows.filter((row) => row.categoryId > 2n ** 53n)
    expect(huge.length / rows.length).toBeCloseTo(0.1, 1)
    expect(huge.every((row) => row.outputTotalSize > 2n ** 53n)).toBe(true)
    expect(huge.some((row) => BigInt(Number(row.outputTotalSize)) !== row.outputTotalSize)).toBe(true)
  })
})

describe("videoBusiness", () => {
  it("names its options as the documentation allows: 3 to 20 letters, digits, colons, hyphens, underscores", () => {
    for (const { name } of videoBusiness.formats) expect(name).toMatch(/^[\w:-]{3,20}$/)
  })

  it("has 6 to 10 categories, each with 3 to 5 formats that exist", () => {
    expect(videoBusiness.categories.length).toBeGreaterThanOrEqual(6)
    expect(videoBusiness.categories.length).toBeLessThanOrEqual(10)
    for (const { formats } of videoBusiness.categories) {
      expect(formats.length).toBeGreaterThanOrEqual(3)
      expect(formats.length).toBeLessThanOrEqual(5)
      expect(formats.every((format) => videoBusiness.formats[format] !== undefined)).toBe(true)
    }
  })
})
