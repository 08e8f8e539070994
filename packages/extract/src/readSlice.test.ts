/**
 * The reading loop against lists in memory: still ones, moving ones, and ones that lie. Every request is a moment, and the
 * list may change between any two of them.
 */
import { Effect, Exit } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Encoding } from "@vodstation-etl/core/Encoding"
import { DayShape } from "./DayShape.ts"
import type { ReadPage } from "./ReadPage.ts"
import { pageOfRows } from "./ReadPage.ts"
import type { Slice } from "./Slice.ts"
import { WalkRecord } from "./WalkRecord.ts"
import { halve, isCuttable, partsToFit, windowsToSurvey } from "./cutSlice.ts"
import type { ProvenSlice } from "./SliceSource.ts"
import { readSlice } from "./readSlice.ts"

interface ListedRow {
  readonly name: string
  readonly requestedAt: number
}

interface ListSettings {
  readonly pageSize: number
  readonly rowLimit?: number
  /** Changes the order, or the rows, before every request. */
  readonly move?: (rows: Array<ListedRow>, request: number) => void
  readonly total?: (real: number) => number
  readonly pastTheEnd?: "empty" | "repeat" | "refuse"
}

const asEncoding = (row: ListedRow): Encoding => ({
  categoryId: 1n,
  filePath: row.name,
  outputType: "",
  categoryName: null,
  status: "COMPLETE",
  link: null,
  percent: 100,
  outputTotalSize: null,
  lastWorkTime: row.requestedAt,
  requestedFrom: 0,
  requestedBefore: 1,
  anomalies: [],
  raw: null,
})

const readList = (rows: Array<ListedRow>, window: Slice, settings: ListSettings) => {
  const proven: Array<ProvenSlice> = []
  const shape = new DayShape()
  let requests = 0
  const askPage = (slice: Slice, pageNo: number) =>
    Effect.sync((): ReadPage | undefined => {
      settings.move?.(rows, requests)
      requests++
      const inside = rows.filter((row) => row.requestedAt >= slice.from && row.requestedAt < slice.before)
      const last = Math.max(1, Math.ceil(inside.length / settings.pageSize))
      if (pageNo > last && settings.pastTheEnd === "refuse") return undefined
      const served = pageNo > last && settings.pastTheEnd === "repeat" ? last : pageNo
      const shown = inside.slice((served - 1) * settings.pageSize, served * settings.pageSize).map(asEncoding)
      return pageOfRows(settings.total?.(inside.length) ?? inside.length, { rows: shown, rejectedRows: [] })
    })
  const exit = Effect.runSyncExit(
    readSlice(
      {
        workDate: "2021-09-12",
        askPage,
        askTotal: (slice) => Effect.map(askPage(slice, 1), (page) => page!.total),
        pageSize: () => settings.pageSize,
        mayBeFull: (rows) => rows >= settings.pageSize,
        checkTotal: () => Effect.succeed("whole" as const),
        learnPageSize: () => {},
        emit: (slice) => Effect.sync(() => void proven.push(slice)),
        cut: (slice, total, capacity) => shape.cut(window, slice, partsToFit(total, capacity, false), 1),
        halve: (slice) => halve(slice, 1),
        isCuttable: (slice) => isCuttable(slice, 1),
        survey: (slice, pages) =>
          Effect.forEach(
            windowsToSurvey(pages) === 0 ? [] : shape.cut(window, slice, windowsToSurvey(pages), 1),
            (part) => Effect.map(askPage(part, 1), (page) => ({ slice: part, total: page!.total })),
          ).pipe(Effect.map((seen) => shape.learn(window, seen))),
        sawPastTheEnd: () => {},
        walks: new WalkRecord(),
        holdingRows: (walk) => walk,
        concurrency: 1,
        rowLimit: settings.rowLimit ?? 25_000,
        tries: 6,
      },
      window,
    ),
  )
  const names = proven.flatMap((slice) =>
    slice.pages.flatMap((page) => page.read().rows.map((row) => row.filePath)),
  )
  return { exit, names: names.toSorted(), proofs: proven.map((slice) => slice.proof), requests }
}

const listOf = (times: ReadonlyArray<number>): Array<ListedRow> =>
  times.map((requestedAt, index) => ({ name: `file-${String(index).padStart(5, "0")}`, requestedAt }))

const namesOf = (rows: ReadonlyArray<ListedRow>): ReadonlyArray<string> =>
  rows.map((row) => row.name).toSorted()

const day: Slice = { from: 0, before: 86_400_000 }
const times = fc.array(fc.integer({ min: 0, max: day.before - 1 }), { maxLength: 120 })
const pageSizes = fc.integer({ min: 1, max: 40 })

/** A generator of small numbers that a shrunk counterexample repeats. */
const shuffler = (seed: number) => {
  let state = seed
  return (bound: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % bound
  }
}

describe("a list that stands still", () => {
  it("is read whole, each row once, whatever the page size, with a strong proof", () => {
    fc.assert(
      fc.property(
        times,
        pageSizes,
        fc.constantFrom("empty", "repeat", "refuse"),
        (at, pageSize, pastTheEnd) => {
          const rows = listOf(at)
          const read = readList(rows, day, { pageSize, pastTheEnd })
          expect(read.exit).toEqual(Exit.succeed(rows.length))
          expect(read.names).toEqual(namesOf(rows))
          expect(read.proofs).not.toContain("count")
        },
      ),
    )
  })

  it("costs one request a page, and one more where the last page is full", () => {
    const at = Array.from({ length: 95 }, (_, index) => index * 900_000)
    expect(readList(listOf(at), day, { pageSize: 10 }).requests).toBe(10)
    expect(readList(listOf(at.slice(0, 90)), day, { pageSize: 10 }).requests).toBe(10)
    expect(readList(listOf(at.slice(0, 7)), day, { pageSize: 10 }).requests).toBe(1)
  })

  it("is cut before it is walked where it has more rows than may be held", () => {
    const rows = listOf(Array.from({ length: 100 }, (_, index) => index * 860_000))
    const read = readList(rows, day, { pageSize: 5, rowLimit: 20 })
    expect(read.names).toEqual(namesOf(rows))
    expect(read.proofs.length).toBeGreaterThanOrEqual(5)
  })
})

describe("a list whose order moves between requests", () => {
  it("is read whole, each row once, by cutting it to fit", () => {
    fc.assert(
      fc.property(times, fc.integer({ min: 5, max: 40 }), fc.integer(), (at, pageSize, seed) => {
        const rows = listOf([...new Set(at)])
        const names = namesOf(rows)
        const random = shuffler(seed)
        const move = (list: Array<ListedRow>) => {
          if (list.length > 0) list.unshift(...list.splice(random(list.length), 1))
        }
        const read = readList(rows, day, { pageSize, move })
        expect(read.exit).toEqual(Exit.succeed(rows.length))
        expect(read.names).toEqual(names)
        expect(read.proofs).not.toContain("count")
      }),
    )
  })

  it("costs at most twice the requests of a still list, 1 % of the rows moving between any two", () => {
    const rows = listOf(Array.from({ length: 2000 }, (_, index) => index * 43_000))
    const random = shuffler(7)
    const move = (list: Array<ListedRow>) => {
      for (let moved = 0; moved < 20; moved++) list.unshift(...list.splice(random(list.length), 1))
    }
    const read = readList(rows, day, { pageSize: 100, move })
    expect(read.names).toEqual(namesOf(rows))
    expect(read.requests).toBeLessThanOrEqual(40)
  })
})

describe("what cannot be told apart", () => {
  it("in one page is proven, since one answer is one moment", () => {
    const rows = [1, 2, 3].map((requestedAt) => ({ name: "same", requestedAt }))
    const read = readList(rows, day, { pageSize: 10 })
    expect([read.names.length, read.proofs]).toEqual([3, ["single-page"]])
  })

  it("over several pages is cut until each part fits one page", () => {
    const rows = Array.from({ length: 30 }, (_, index) => ({ name: "same", requestedAt: index * 2_000_000 }))
    const read = readList(rows, day, { pageSize: 10 })
    expect(read.names).toHaveLength(30)
    expect(new Set(read.proofs)).toEqual(new Set(["single-page"]))
  })

  it("in a busy moment is closed in by halves, at less than 2 requests a bit", () => {
    const rows = [
      ...listOf(Array.from({ length: 300 }, (_, index) => index * 288_000)),
      ...Array.from({ length: 25 }, () => ({ name: "same", requestedAt: 40_000_001 })),
    ]
    const read = readList(rows, day, { pageSize: 10 })
    expect(read.names).toHaveLength(325)
    expect(read.proofs).toContain("count")
    expect(read.requests).toBeLessThanOrEqual(130)
  })

  it("within one millisecond has the weak proof `count`", () => {
    const rows = Array.from({ length: 30 }, () => ({ name: "", requestedAt: 5_000_000 }))
    const read = readList(rows, day, { pageSize: 10 })
    expect(read.names).toHaveLength(30)
    expect(read.proofs).toContain("count")
  })
})

describe("a busy millisecond that moves", () => {
  const alike = (names: ReadonlyArray<string>) => names.map((name) => ({ name, requestedAt: 5 }))

  it("is not believed by one walk alone, which may have seen a row twice and missed another", () => {
    // Page 1 shows b; then b moves behind the twins, so that page 3 shows it again, and one of the twins is never seen.
    const read = readList(
      alike(["b", "a", "a"]),
      { from: 5, before: 6 },
      {
        pageSize: 1,
        move: (list, request) => {
          if (request === 1) list.push(...list.splice(0, 1))
        },
      },
    )
    expect(read.names).toEqual(["a", "a", "b"])
    expect(read.proofs).toEqual(["count"])
  })

  it("that never shows the same twice gives, at the last try, what single pages prove: never more, and never nothing", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 4, max: 12 }), (seed, pageSize) => {
        const random = shuffler(seed)
        const names = Array.from({ length: 60 }, (_, index) => `file-${index % 20}`)
        const read = readList(
          alike(names),
          { from: 5, before: 6 },
          {
            pageSize,
            move: (list) => {
              for (let moved = 0; moved < 30; moved++) list.unshift(...list.splice(random(list.length), 1))
            },
          },
        )
        expect(read.exit).toEqual(Exit.succeed(60))
        expect(read.proofs).toEqual(["count"])
        const counts = (names: ReadonlyArray<string>) => Map.groupBy(names, (name) => name)
        const there = counts(names)
        for (const [name, shown] of counts(read.names)) {
          expect(shown.length).toBeLessThanOrEqual(there.get(name)!.length)
        }
        expect(read.names.length).toBeGreaterThan(10)
        expect(read.names.length).toBeLessThan(60)
      }),
      { numRuns: 50 },
    )
  })

  it("fails where the total of the last try changed", () => {
    const read = readList(
      alike(["b", "a", "a", "c"]),
      { from: 5, before: 6 },
      {
        pageSize: 1,
        move: (list, request) => {
          // Four pages a try, and one past the end.
          const names = request % 10 < 5 ? ["b", "a", "a", "c"] : ["d", "a", "a", "e"]
          list.splice(0, list.length, ...alike(request === 26 ? [...names, "f"] : names))
        },
      },
    )
    expect(Exit.isFailure(read.exit) && String(read.exit.cause)).toMatch(
      /the total changed from 4 to 5; until then 1 of 4 pages had shown 1 rows of 4, 1 of them different \(tried 6 times\)/,
    )
  })
})

describe("what is not proven", () => {
  const failure = (read: ReturnType<typeof readList>): string =>
    Exit.isFailure(read.exit) ? String(read.exit.cause) : "read"

  it("fails where a total saturates at a page", () => {
    const rows = listOf([1, 2, 3, 4, 5])
    const read = readList(rows, day, { pageSize: 2, total: (real) => Math.min(real, 2) })
    expect(failure(read)).toMatch(/SliceUnproven/)
    expect(failure(read)).toMatch(/2021-09-12: the list from .* page past the end held further rows/)
  })

  it("fails where a total saturates at several pages", () => {
    const rows = listOf(Array.from({ length: 50 }, () => 5))
    const read = readList(rows, { from: 5, before: 6 }, { pageSize: 10, total: (real) => Math.min(real, 20) })
    expect(failure(read)).toMatch(
      /page past the end held further rows; until then 2 of 2 pages had shown 20 rows of 20, 20 of them different \(tried 6 times\)/,
    )
  })

  it("fails where the parts of a still list do not add up to the whole", () => {
    const alike = () => Array.from({ length: 30 }, () => ({ name: "same", requestedAt: 5_000_000 }))
    const read = readList(alike(), day, {
      pageSize: 10,
      // Rows that show in the whole day, but in none of its parts.
      move: (list, request) => list.splice(0, list.length, ...(request > 2 && request < 8 ? [] : alike())),
    })
    expect(failure(read)).toMatch(/PartsDisagree/)
    expect(failure(read)).toMatch(/says that it holds 30 rows, but its \d+ parts hold 0/)
  })
})
