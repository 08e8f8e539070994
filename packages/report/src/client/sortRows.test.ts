/** The order of a table's rows, and what a filter finds. */
import { describe, expect, it } from "vitest"
import type { Cell } from "./sortRows.ts"
import { matches, sortRows } from "./sortRows.ts"

const sorted = (cells: ReadonlyArray<Cell>, direction: "ascending" | "descending") =>
  sortRows(cells, (cell) => cell, direction, "ko")

describe("rows", () => {
  it("are sorted as numbers, and as texts with the numbers in them, with nothing at the end", () => {
    expect(sorted([10, null, 9, -1], "ascending")).toEqual([-1, 9, 10, null])
    expect(sorted([10, null, 9, -1], "descending")).toEqual([10, 9, -1, null])
    expect(sorted(["제10화", "가", "제9화"], "ascending")).toEqual(["가", "제9화", "제10화"])
  })

  it("are found by all words of a filter, in any case and however syllables are composed", () => {
    expect(matches(["/드라마/제1화.mp4", "AVC_HD"], "avc 드라마".normalize("NFD"))).toBe(true)
    expect(matches(["/드라마/제1화.mp4", "AVC_HD"], "avc 예능")).toBe(false)
    expect(matches(["anything"], "")).toBe(true)
  })
})
