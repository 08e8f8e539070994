import { describe, expect, it } from "vitest"
import { durationInWords } from "./durationInWords.ts"

describe("durationInWords", () => {
  it.each([
    [0, "0 s"],
    [499, "0 s"],
    [12_400, "12 s"],
    [59_499, "59 s"],
    [59_500, "1 min 00 s"],
    [200_000, "3 min 20 s"],
    [3_599_499, "59 min 59 s"],
    [3_599_500, "1 h 00 min"],
    [3_900_000, "1 h 05 min"],
    [360_000_000, "100 h 00 min"],
  ])("of %i ms is %s", (ms, words) => {
    expect(durationInWords(ms)).toBe(words)
  })
})
