import { describe, expect, it } from "vitest"
import type { SeenPage } from "./proveSlice.ts"
import { judgeFirstPage, Walk, weakerProof } from "./proveSlice.ts"

const page = (total: number, identities: string, rejects: ReadonlyArray<string> = []): SeenPage => ({
  total,
  rowCount: identities.length + rejects.length,
  identities: () => [...identities].map((name) => name.charCodeAt(0)),
  rejects,
  digest: () => [...identities, ...rejects].toSorted().join(),
})

const fullFrom = (size: number) => (rows: number) => rows >= size

describe("page 1", () => {
  it("proves the slice when it holds all rows and is not full", () => {
    expect(judgeFirstPage(page(2, "ab"), fullFrom(10))).toEqual({ _tag: "Proven", proof: "single-page" })
    expect(judgeFirstPage(page(0, ""), fullFrom(10))).toEqual({ _tag: "Proven", proof: "single-page" })
  })

  it("counts rejects among its rows", () => {
    expect(judgeFirstPage(page(2, "a", ["r"]), fullFrom(10))).toEqual({
      _tag: "Proven",
      proof: "single-page",
    })
  })

  it("holds two rows where one identity stands on it twice, since one answer is one moment", () => {
    expect(judgeFirstPage(page(2, "aa"), fullFrom(10))._tag).toBe("Proven")
  })

  it("filled to the brim is no proof yet: its total may saturate at the page size", () => {
    expect(judgeFirstPage(page(3, "abc"), fullFrom(3))._tag).toBe("LookPastEnd")
  })

  it("shows by its own rows what size of page is served", () => {
    expect(judgeFirstPage(page(7, "abc"), fullFrom(1000))).toEqual({ _tag: "Walk", served: 3, lastPage: 3 })
  })

  it("contradicts itself when it holds more rows than there are, or none of some", () => {
    expect(judgeFirstPage(page(1, "ab"), fullFrom(10))._tag).toBe("Contradiction")
    expect(judgeFirstPage(page(5, ""), fullFrom(10))._tag).toBe("Contradiction")
  })
})

describe("a walk", () => {
  it("proves by pigeonhole: the total stood still, as many rows came, no two alike", () => {
    const walk = new Walk(5, 2)
    expect(walk.see(1, page(5, "ab"))).toBeUndefined()
    expect(walk.see(3, page(5, "e"))).toBeUndefined()
    expect(walk.see(2, page(5, "cd"))).toBeUndefined()
    expect([walk.doubt, walk.proof, walk.endsAtBrim]).toEqual([undefined, "pigeonhole", false])
  })

  it("ends at a changed total", () => {
    const walk = new Walk(5, 2)
    expect(walk.see(2, page(6, "cd"))).toMatch(/total changed from 5 to 6/)
  })

  it("ends at a page that is shorter or longer than its place allows", () => {
    expect(new Walk(5, 2).see(2, page(5, "c"))).toMatch(/page 2 held 1 rows, not 2/)
    expect(new Walk(5, 2).see(3, page(5, "ef"))).toMatch(/page 3 held 2 rows, not 1/)
  })

  it("doubts when a row stands on two pages, and then has only the weak proof", () => {
    const walk = new Walk(4, 2)
    walk.see(1, page(4, "ab"))
    walk.see(2, page(4, "bc"))
    expect(walk.doubt).toMatch(/1 rows of 4 were alike/)
    expect(walk.proof).toBe("count")
  })

  it("takes two rows of one identity on one page for two rows", () => {
    const walk = new Walk(4, 2)
    walk.see(1, page(4, "aa"))
    walk.see(2, page(4, "bc"))
    expect(walk.proof).toBe("pigeonhole")
  })

  it("doubts when a row has no identity", () => {
    const walk = new Walk(4, 2)
    walk.see(1, page(4, "a", ["r"]))
    walk.see(2, page(4, "bc"))
    expect(walk.doubt).toMatch(/no identity/)
  })

  it("with a full last page looks past the end, where nothing new may stand", () => {
    const walk = new Walk(4, 2)
    walk.see(1, page(4, "ab"))
    walk.see(2, page(4, "cd"))
    expect(walk.endsAtBrim).toBe(true)
    expect(walk.seePastEnd(undefined)).toBeUndefined()
    expect(walk.seePastEnd(page(4, ""))).toBeUndefined()
    expect(walk.seePastEnd(page(4, "cd"))).toBeUndefined()
    expect(walk.proof).toBe("pigeonhole")
    expect(walk.seePastEnd(page(5, ""))).toMatch(/total changed from 4 to 5/)
    expect(walk.seePastEnd(page(4, "e"))).toMatch(/held further rows/)
    expect(walk.seePastEnd(page(4, "", ["r"]))).toMatch(/held further rows/)
  })

  it("does not take further rows for a page that is repeated, though each is alike with one that was seen", () => {
    const walk = new Walk(4, 2)
    walk.see(1, page(4, "ab"))
    walk.see(2, page(4, "cd"))
    expect(walk.seePastEnd(page(4, "a"))).toMatch(/held further rows/)
    expect(walk.seePastEnd(page(4, "ac"))).toMatch(/held further rows/)
  })

  it("doubts a page past the end that repeats another one of rows that are alike", () => {
    const walk = new Walk(2, 2)
    walk.see(1, page(2, "aa"))
    expect(walk.seePastEnd(page(2, "aa"))).toBeUndefined()
    expect([walk.mayGoOn, walk.proof]).toEqual([true, "count"])
  })
})

it("the proof of a day is the weakest of its slices", () => {
  expect(weakerProof("single-page", "pigeonhole")).toBe("pigeonhole")
  expect(weakerProof("count", "pigeonhole")).toBe("count")
  expect(weakerProof("single-page", "single-page")).toBe("single-page")
})
