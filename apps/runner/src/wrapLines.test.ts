import { styleText } from "node:util"
import { describe, expect, it } from "vitest"
import { wrapLines } from "./wrapLines.ts"

const wrapped = (text: string, columns: number) => wrapLines(text, columns).split("\n")
const coloured = (text: string) => styleText("green", text, { validateStream: false })

describe("lines for a terminal", () => {
  it.each([
    ["that fit stay as they are", "  days  3 days planned", 24, ["  days  3 days planned"]],
    ["go on below their beginning", "  one two three", 10, ["  one two", "  three"]],
    [
      "go on below their text, not their label",
      "  days  3 days planned",
      16,
      ["  days  3 days", "        planned"],
    ],
    [
      "do so in colour",
      `${coloured("days")}  3 days planned`,
      14,
      [`${coloured("days")}  3 days`, "      planned"],
    ],
    ["take no long text for a label", "twelve in a row  and more", 14, ["twelve in a", "row  and more"]],
    ["count Korean letters as two", "드라마 다시보기", 14, ["드라마", "다시보기"]],
    [
      "leave a word whole that is too long",
      "see /a/folder/that/is/deep",
      10,
      ["see", "/a/folder/that/is/deep"],
    ],
    ["leave tables alone", "│ a  │ b │", 5, ["│ a  │ b │"]],
    ["keep those that are empty", "a\n\nb", 5, ["a", "", "b"]],
  ])("%s", (_, text, columns, lines) => {
    expect(wrapped(text, columns)).toEqual(lines)
  })
})
