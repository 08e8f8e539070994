import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { DayMerge } from "./DayShrunk.ts"
import { dayShrunk, dayShrunkError, dayShrunkMessage } from "./DayShrunk.ts"
import type { Encoding, StoredEncoding } from "./Encoding.ts"
import { identityOf } from "./Encoding.ts"
import { noMergeCounts } from "./MergeCounts.ts"
import { mergeIdentity } from "./mergeIdentity.ts"

const reading = (
  rowCount: number,
  change: { strong?: boolean; rejectedRows?: number; digest?: string } = {},
) => ({
  ...{ strong: true, rowCount, rejectedRows: 0, digest: "now" },
  ...change,
})
/** A day whose stored rows are those of the reading before. */
const day = (
  stored: number,
  counts: Partial<DayMerge["counts"]>,
  before: Partial<DayMerge["before"]> = {},
) => ({
  stored,
  counts: { ...noMergeCounts, ...counts },
  before: { rowCount: stored, runId: "earlier", digest: "before", error: null, ...before },
})
const goneOf = (rowCount: number, merge: DayMerge) => dayShrunk(reading(rowCount), "run", merge)?.gone ?? 0

describe("a day has shrunk", () => {
  it.each([
    ["no row is left", 0, day(1, { missing: 1 }), 1],
    ["no row is left, and none was terminal", 0, day(3, { withdrawn: 3 }), 3],
    ["more than a tenth and ten rows are gone", 90, day(101, { missing: 11 }), 11],
    ["all but one are gone", 1, day(11, { missing: 10 }), 10],
    ["rows that were not terminal are gone, and no new ones came", 80, day(100, { withdrawn: 20 }), 20],
    ["more of them are gone than new ones came", 90, day(100, { withdrawn: 20, inserted: 9 }), 11],
    ["both kinds are gone", 80, day(100, { missing: 6, withdrawn: 20, inserted: 6 }), 20],
  ])("where %s", (_, rowCount, merge, gone) => {
    expect(dayShrunk(reading(rowCount), "run", merge)).toEqual({ stored: merge.stored, gone, unreadable: 0 })
  })

  it.each([
    ["nothing is gone", 100, day(100, {})],
    ["a tenth is gone", 90, day(100, { missing: 10 })],
    ["nine rows are gone", 1, day(10, { missing: 9 })],
    ["nothing was stored", 0, day(0, {})],
    ["rows that were not terminal became others", 100, day(100, { withdrawn: 90, inserted: 90 })],
    [
      "they became others in a weak reading before, which left the old ones in place",
      100,
      day(160, { withdrawn: 60 }, { rowCount: 100 }),
    ],
  ])("not where %s", (_, rowCount, merge) => {
    expect(dayShrunk(reading(rowCount), "run", merge)).toBeNull()
  })

  it("not for a weak reading, which calls nothing gone", () => {
    expect(dayShrunk(reading(0, { strong: false }), "run", day(100, { missing: 100 }))).toBeNull()
  })

  it("also where terminal rows were not in the weak reading before: that was no proof", () => {
    expect(goneOf(50, day(100, { missing: 50 }, { rowCount: 50 }))).toBe(50)
  })
})

describe("a later reading agrees", () => {
  const merge = day(100, { missing: 50 })
  const shrunk = dayShrunk(reading(50), "first run", merge)!
  const after = (change: Partial<DayMerge["before"]> = {}) =>
    day(
      100,
      { missing: 50 },
      { rowCount: 50, runId: "first run", digest: "now", error: dayShrunkError(shrunk), ...change },
    )

  it("if another run reads the very same: then it counts", () => {
    expect(dayShrunk(reading(50), "second run", after())).toBeNull()
    const none = dayShrunk(reading(0), "first run", day(3, { missing: 3 }))!
    const again = day(3, { missing: 3 }, { ...after().before, error: dayShrunkError(none) })
    expect(dayShrunk(reading(0), "second run", again)).toBeNull()
  })

  it.each([
    ["the same run", "first run", "now", after()],
    ["it reads something else", "second run", "other", after()],
    ["nobody called the day shrunk", "second run", "now", after({ error: null })],
    ["an attempt failed in between", "second run", "now", after({ error: "Throttled: DayShrunk: no" })],
  ])("not if %s", (_, run, digest, merge) => {
    expect(dayShrunk(reading(50, { digest }), run, merge)).toEqual(shrunk)
  })

  it("not while what is gone may have come as rows that cannot be read", () => {
    const unreadable = dayShrunk(reading(0, { rejectedRows: 5 }), "first run", day(5, { missing: 5 }))!
    expect(unreadable).toEqual({ stored: 5, gone: 5, unreadable: 5 })
    const again = (rejectedRows: number) =>
      dayShrunk(
        reading(0, { rejectedRows }),
        "second run",
        day(5, { missing: 5 }, { ...after().before, error: dayShrunkError(unreadable) }),
      )
    expect(again(5)).toEqual(unreadable)
    expect(again(4)).toBeNull()
  })

  it("rows that were not terminal and lacked in a suspected reading are no leftovers of a weak one", () => {
    const merge = day(
      100,
      { withdrawn: 50 },
      { rowCount: 50, digest: "before", error: dayShrunkError(shrunk) },
    )
    expect(goneOf(50, merge)).toBe(50)
  })
})

it("says how many rows are gone, and what to do", () => {
  expect(dayShrunkError({ stored: 100, gone: 20, unreadable: 3 })).toBe(
    "DayShrunk: 20 of 100 rows of this day are gone. Nothing was marked as missing: run again later; if the API then shows the same, it counts.",
  )
  expect(dayShrunkMessage({ stored: 5, gone: 5, unreadable: 5 })).toBe(
    "5 of 5 rows of this day are gone, while 5 came that cannot be read and may be the same ones. Nothing was marked as missing: see the rejected rows of this day for the reason.",
  )
})

/** A row of the world: it waits without a path, runs with one, and ends; each at a moment. */
const life = fc.record({ appears: fc.nat(1), runs: fc.nat(2), ends: fc.nat(2), name: fc.nat(12) })
type Life = typeof life extends fc.Arbitrary<infer A> ? A : never

const rowAt = (moment: number, { appears, runs, ends, name }: Life): ReadonlyArray<Encoding> => {
  if (moment < appears) return []
  const state = moment < appears + runs ? "WAITING" : moment < appears + runs + ends ? "RUNNING" : "COMPLETE"
  return [
    {
      ...{ categoryId: 1n, filePath: state === "WAITING" ? "" : `/${name}.mp4`, outputType: "HD" },
      ...{ categoryName: null, status: state, link: null, percent: null, outputTotalSize: null },
      ...{ lastWorkTime: moment < appears + runs + ends ? moment : appears + runs + ends },
      ...{ requestedFrom: 0, requestedBefore: 24, anomalies: [], raw: null },
    },
  ]
}

const mergeRows = (stored: ReadonlyArray<StoredEncoding>, rows: ReadonlyArray<Encoding>, strong: boolean) => {
  const storedOf = Map.groupBy(stored, identityOf)
  const rowsOf = Map.groupBy(rows, identityOf)
  const merged = [...new Set([...storedOf.keys(), ...rowsOf.keys()])].map((identity) =>
    mergeIdentity(storedOf.get(identity) ?? [], rowsOf.get(identity) ?? [], {
      readAt: 0,
      runId: "run",
      strong,
    }),
  )
  const kept = merged.flatMap(({ rows }) => rows)
  const count = (fate: string) => kept.filter((row) => row.fate === fate).length
  return {
    rows: kept.map(({ row }) => row),
    counts: {
      ...{ ...noMergeCounts, inserted: count("inserted"), missing: count("missing") },
      withdrawn: merged.flatMap(({ withdrawn }) => withdrawn).length,
    },
  }
}

/** A row that stands still: what the archive holds of a day that is over. */
const ended = (name: string): Encoding => ({
  ...rowAt(9, { appears: 0, runs: 0, ends: 0, name: 0 })[0]!,
  filePath: name,
})

describe("whatever a day's rows do", () => {
  it("while none of them leaves, it has not shrunk: however they gain paths, and whichever readings are weak", () => {
    let leftBehind = 0
    let turnedOver = 0
    fc.assert(
      fc.property(
        fc.array(life, { minLength: 20, maxLength: 60, size: "max" }),
        fc.array(fc.boolean(), { minLength: 2, maxLength: 9 }),
        (lives, strengths) => {
          let stored: ReadonlyArray<StoredEncoding> = []
          let rowCount = 0
          for (const [moment, strong] of strengths.entries()) {
            const rows = lives.flatMap((life) => rowAt(moment, life))
            const { counts, ...merged } = mergeRows(stored, rows, strong)
            const before = { rowCount, runId: "run", digest: "before", error: null }
            const merge = { stored: stored.length, counts, before }
            expect(dayShrunk(reading(rows.length, { strong }), "run", merge)).toBeNull()
            const isMuch = counts.withdrawn >= 10 && counts.withdrawn > stored.length / 10
            turnedOver += Number(isMuch)
            leftBehind += Number(isMuch && counts.withdrawn - counts.inserted >= 10)
            stored = merged.rows
            rowCount = rows.length
          }
        },
      ),
      { numRuns: 300, seed: 1 },
    )
    expect([turnedOver > 50, leftBehind > 20]).toEqual([true, true])
  })

  it("terminal rows that leave are counted exactly, among rows that gain paths and rows that appear", () => {
    let seen = 0
    fc.assert(
      fc.property(fc.nat(120), fc.nat(60), fc.nat(60), fc.nat(30), (still, leave, wait, appear) => {
        const rowsOf = (what: string, count: number) =>
          Array.from({ length: count }, (_, index) => ended(`/${what}/${index}.mp4`))
        const waiting = (rows: ReadonlyArray<Encoding>) =>
          rows.map((row) => ({ ...row, filePath: "", status: "WAITING" }))
        const first = [...rowsOf("still", still), ...rowsOf("leave", leave), ...waiting(rowsOf("wait", wait))]
        const second = [...rowsOf("still", still), ...rowsOf("wait", wait), ...rowsOf("appear", appear)]
        fc.pre(second.length > 0)
        const stored = mergeRows([], first, true).rows
        const merge = day(stored.length, mergeRows(stored, second, true).counts)
        const isMuch = leave >= 10 && leave > first.length / 10
        expect(goneOf(second.length, merge)).toBe(isMuch ? leave : 0)
        seen += Number(isMuch && wait >= 10)
      }),
      { numRuns: 300, seed: 1 },
    )
    expect(seen).toBeGreaterThan(10)
  })

  it("where it has shrunk, two runs that read the same end it", () => {
    const rows = fc.nat(200)
    fc.assert(
      fc.property(
        rows,
        rows,
        rows,
        rows,
        fc.integer(),
        (stored, missing, withdrawn, rowCount, readBefore) => {
          const merge = day(stored, { missing, withdrawn }, { rowCount: readBefore })
          const shrunk = dayShrunk(reading(rowCount), "first run", merge)
          fc.pre(shrunk !== null)
          const before = {
            rowCount,
            runId: "first run",
            digest: "now",
            error: dayShrunkError(shrunk),
          }
          const again = dayShrunk(reading(rowCount), "second run", { ...merge, before })
          expect(again).toBeNull()
        },
      ),
    )
  })
})
