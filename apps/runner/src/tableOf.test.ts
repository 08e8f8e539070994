import { describe, expect, it } from "vitest"
import { tableOf } from "./tableOf.ts"

const head = ["day", "rows", "finding"]
const rows = [
  ["2021-09-12", 1_234, "the API did not tell its total"],
  ["2021-09-13", null, "드라마 다시보기 /aLongPathWithoutAnyBlank"],
] as const

describe("a table", () => {
  it("has numbers to the right, with their thousands apart", () => {
    expect(tableOf(head, rows.slice(0, 1)).split("\n")).toEqual([
      "┌────────────┬───────┬────────────────────────────────┐",
      "│ day        │  rows │ finding                        │",
      "├────────────┼───────┼────────────────────────────────┤",
      "│ 2021-09-12 │ 1,234 │ the API did not tell its total │",
      "└────────────┴───────┴────────────────────────────────┘",
    ])
  })

  it("wraps its texts within their cells where it has no more room", () => {
    expect(tableOf(head, rows, 44).split("\n")).toEqual([
      "┌────────────┬───────┬─────────────────────┐",
      "│ day        │  rows │ finding             │",
      "├────────────┼───────┼─────────────────────┤",
      "│ 2021-09-12 │ 1,234 │ the API did not     │",
      "│            │       │ tell its total      │",
      "│ 2021-09-13 │       │ 드라마 다시보기     │",
      "│            │       │ /aLongPathWithoutAn │",
      "│            │       │ yBlank              │",
      "└────────────┴───────┴─────────────────────┘",
    ])
  })

  it("stays as it is where it has room, and gets no narrower than can be read", () => {
    expect(tableOf(head, rows, 200)).toBe(tableOf(head, rows))
    expect(tableOf(head, rows, 10).split("\n")[0]).toBe("┌────────────┬───────┬────────────┐")
  })
})
