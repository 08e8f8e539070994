import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Encoding, StoredEncoding } from "./Encoding.ts"
import { isTerminal } from "./Encoding.ts"
import { stateOf } from "./compareEncodings.ts"
import { ordinaryEncoding } from "./encoding.arbitrary.ts"
import type { MergedIdentity, MergeReading } from "./mergeIdentity.ts"
import { mergeIdentity } from "./mergeIdentity.ts"

const hour = 3_600_000

/** The rows of one identity that one reading shows, in a few states: its cells are the day, or those of one grid. */
const rows = fc.constantFrom(24, 12, 8, 1).chain((cellHours) =>
  fc.array(
    fc
      .tuple(
        ordinaryEncoding,
        fc.nat(24 / cellHours - 1).map((cell) => cell % 3),
      )
      .map(([encoding, cell]): Encoding => ({
        ...encoding,
        // Few states, so that equals are frequent.
        percent: 0,
        outputTotalSize: null,
        categoryId: 1n,
        filePath: "/a.mp4",
        outputType: "x",
        requestedFrom: cell * cellHours * hour,
        requestedBefore: (cell + 1) * cellHours * hour,
      })),
    { maxLength: 5 },
  ),
)
const history = fc.array(fc.record({ rows, strong: fc.boolean() }), { minLength: 1, maxLength: 5 })
type History = ReadonlyArray<{ readonly rows: ReadonlyArray<Encoding>; readonly strong: boolean }>

const reading = (readAt: number, strong = true): MergeReading => ({ readAt, runId: `run ${readAt}`, strong })
const held = (merged: MergedIdentity): ReadonlyArray<StoredEncoding> => merged.rows.map(({ row }) => row)
const byOccurrence = (rows: ReadonlyArray<StoredEncoding>) =>
  rows.toSorted((a, b) => a.occurrence - b.occurrence)
const fates = (merged: MergedIdentity) => merged.rows.map(({ fate }) => fate).toSorted()

/** What an archive holds after these readings. */
const after = (history: History): ReadonlyArray<StoredEncoding> =>
  history.reduce<ReadonlyArray<StoredEncoding>>(
    (stored, { rows, strong }, index) => held(mergeIdentity(stored, rows, reading(index + 1, strong))),
    [],
  )

const [sample] = fc.sample(ordinaryEncoding, { numRuns: 1, seed: 1 })
const complete: Encoding = {
  ...sample!,
  status: "COMPLETE",
  lastWorkTime: 7,
  requestedFrom: 0,
  requestedBefore: 24 * hour,
}
const waiting: Encoding = {
  ...complete,
  status: "WAITING",
  lastWorkTime: 5,
  link: null,
  outputTotalSize: null,
}
const [stored] = after([{ rows: [waiting], strong: true }]) as [StoredEncoding]
const [done] = after([{ rows: [complete], strong: true }]) as [StoredEncoding]

describe("what becomes of a row", () => {
  it("new: inserted, with the reading's moment and run", () => {
    const merged = mergeIdentity([], [waiting], reading(10))
    expect(merged).toEqual({
      rows: [
        {
          fate: "inserted",
          row: {
            ...waiting,
            occurrence: 1,
            missingSince: null,
            firstSeenAt: 10,
            changedAt: 10,
            runId: "run 10",
          },
        },
      ],
      superseded: [],
      withdrawn: [],
    })
  })

  it("changed: the old state goes to history, the new one takes its place", () => {
    const merged = mergeIdentity([stored], [complete], reading(10))
    expect(merged.rows).toEqual([
      {
        fate: "changed",
        row: {
          ...complete,
          occurrence: 1,
          missingSince: null,
          firstSeenAt: 1,
          changedAt: 10,
          runId: "run 10",
        },
      },
    ])
    expect(merged.superseded).toEqual([{ ...stored, supersededAt: 10, supersededByRun: "run 10" }])
    expect(merged.withdrawn).toEqual([])
  })

  it("unchanged: not touched", () => {
    const merged = mergeIdentity([stored], [waiting], reading(10))
    expect(merged).toEqual({ rows: [{ row: stored, fate: "unchanged" }], superseded: [], withdrawn: [] })
  })

  it("seen again in a narrower range: narrowed in place, and no history", () => {
    const merged = mergeIdentity(
      [stored],
      [{ ...waiting, requestedFrom: hour, requestedBefore: 2 * hour }],
      reading(10),
    )
    const narrowed = { ...stored, requestedFrom: hour, requestedBefore: 2 * hour }
    expect(merged).toEqual({ rows: [{ row: narrowed, fate: "touched" }], superseded: [], withdrawn: [] })
    // A wider reading tells nothing new.
    expect(fates(mergeIdentity([narrowed], [waiting], reading(11)))).toEqual(["unchanged"])
  })

  it("gone and terminal: stays, with the moment since when", () => {
    const merged = mergeIdentity([done], [], reading(10))
    expect(merged).toEqual({
      rows: [{ row: { ...done, missingSince: 10 }, fate: "missing" }],
      superseded: [],
      withdrawn: [],
    })
    // It is found missing once.
    expect(mergeIdentity(held(merged), [], reading(20)).rows).toEqual([
      { row: held(merged)[0], fate: "unchanged" },
    ])
  })

  it("gone and not terminal: moves to history", () => {
    const merged = mergeIdentity([stored], [], reading(10))
    expect(merged).toEqual({
      rows: [],
      superseded: [],
      withdrawn: [{ ...stored, supersededAt: 10, supersededByRun: "run 10" }],
    })
  })

  it("back again: no longer missing, and no history", () => {
    const missing = { ...done, missingSince: 5 }
    expect(mergeIdentity([missing], [complete], reading(10))).toEqual({
      rows: [{ row: done, fate: "touched" }],
      superseded: [],
      withdrawn: [],
    })
  })

  it("gone from a weak reading: as it was", () => {
    for (const old of [stored, done]) {
      expect(mergeIdentity([old], [], reading(10, false)).rows).toEqual([{ row: old, fate: "unchanged" }])
    }
  })

  it("new beside others: takes the smallest free occurrence", () => {
    const twin = (lastWorkTime: number) => ({ ...complete, lastWorkTime })
    const brothers = [
      { ...done, occurrence: 1 },
      { ...done, ...twin(9), occurrence: 3 },
    ]
    const merged = mergeIdentity(brothers, [complete, twin(9), twin(11), twin(13)], reading(10))
    expect(byOccurrence(held(merged)).map((row) => [row.occurrence, row.lastWorkTime])).toEqual([
      [1, 7],
      [2, 11],
      [3, 9],
      [4, 13],
    ])
  })
})

describe("after any readings", () => {
  it("merging the last one again changes nothing", () => {
    fc.assert(
      fc.property(history, rows, fc.boolean(), (history, rows, strong) => {
        const once = held(mergeIdentity(after(history), rows, reading(10, strong)))
        const again = mergeIdentity(once, rows, reading(20, strong))
        expect(byOccurrence(held(again))).toEqual(byOccurrence(once))
        expect(new Set(fates(again)).difference(new Set(["unchanged"]))).toEqual(new Set())
        expect([...again.superseded, ...again.withdrawn]).toEqual([])
      }),
      { numRuns: 2_000 },
    )
  })

  it("nothing is lost: each row that was stored is held, or is in the history", () => {
    fc.assert(
      fc.property(history, rows, fc.boolean(), (history, rows, strong) => {
        const before = after(history)
        const merged = mergeIdentity(before, rows, reading(10, strong))
        const kept = [
          ...merged.rows
            .filter(({ fate }) => fate !== "inserted" && fate !== "changed")
            .map(({ row }) => row),
          ...merged.superseded,
          ...merged.withdrawn,
        ]
        expect(keysAndStates(kept)).toEqual(keysAndStates(before))
      }),
      { numRuns: 1_000 },
    )
  })

  it("each incoming row is held, in its state and within its range", () => {
    fc.assert(
      fc.property(history, rows, (history, rows) => {
        const merged = mergeIdentity(after(history), rows, reading(10))
        const shown = held(merged).filter((row) => row.missingSince === null)
        expect(shown.map(stateOf).toSorted()).toEqual(rows.map(stateOf).toSorted())
        expect(held(merged).every((row) => row.requestedFrom < row.requestedBefore)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it("occurrences are distinct, from 1, and stay with their rows", () => {
    fc.assert(
      fc.property(history, rows, fc.boolean(), (history, rows, strong) => {
        const before = after(history)
        const merged = mergeIdentity(before, rows, reading(10, strong))
        const occurrences = held(merged).map((row) => row.occurrence)
        expect(new Set(occurrences).size).toBe(occurrences.length)
        expect(Math.min(1, ...occurrences)).toBe(1)
        const continued = merged.rows.filter(({ fate }) => fate !== "inserted")
        const known = new Map(before.map((row) => [row.occurrence, row.firstSeenAt]))
        for (const { row } of continued) expect(known.get(row.occurrence)).toBe(row.firstSeenAt)
      }),
      { numRuns: 1_000 },
    )
  })

  it("only a strong reading says that a row has gone, and only rows that were not terminal leave", () => {
    fc.assert(
      fc.property(history, rows, (history, rows) => {
        const before = after(history)
        const weak = mergeIdentity(before, rows, reading(10, false))
        expect(weak.withdrawn).toEqual([])
        expect(fates(weak)).not.toContain("missing")
        expect(mergeIdentity(before, rows, reading(10)).withdrawn.filter(isTerminal)).toEqual([])
      }),
      { numRuns: 1_000 },
    )
  })

  it("the order of the rows does not matter", () => {
    const shuffled = fc.tuple(history, rows).chain(([history, rows]) => {
      const before = after(history)
      return fc.tuple(
        fc.constant([before, rows] as const),
        fc.shuffledSubarray([...before], { minLength: before.length }),
        fc.shuffledSubarray(rows, { minLength: rows.length }),
      )
    })
    fc.assert(
      fc.property(shuffled, ([[before, rows], beforeToo, rowsToo]) => {
        const one = mergeIdentity(before, rows, reading(10))
        const other = mergeIdentity(beforeToo, rowsToo, reading(10))
        expect(byOccurrence(held(other))).toEqual(byOccurrence(held(one)))
        expect(fates(other)).toEqual(fates(one))
      }),
      { numRuns: 1_000 },
    )
  })
})

const keysAndStates = (rows: ReadonlyArray<StoredEncoding>) =>
  rows.map((row) => `${row.occurrence} ${row.firstSeenAt} ${stateOf(row)}`).toSorted()
