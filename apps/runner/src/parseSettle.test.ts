import { Duration, Result } from "effect"
import { describe, expect, it } from "vitest"
import { parseSettle } from "./parseSettle.ts"

describe("--settle", () => {
  it.each([
    ["0", 0],
    ["0m", 0],
    ["45s", 45_000],
    ["30m", 1_800_000],
    ["1h", 3_600_000],
    ["2d", 172_800_000],
    ["30d", 2_592_000_000],
  ])("%s is %d ms", (text, ms) => {
    expect(Duration.toMillis(Result.getOrThrow(parseSettle(text)))).toBe(ms)
  })

  it.each(["", "1", "h", "-1h", "1.5h", "1 h", "1H", "1w", "0x1h", "1h30m", "now", "99999999s"])(
    "%o is not understood",
    (text) => {
      expect(parseSettle(text)).toEqual(Result.fail("not understood. Give a time like 30m, 2h, 1d or 0"))
    },
  )

  it("is at most 30 days", () => {
    expect(parseSettle("31d")).toEqual(
      Result.fail("it is longer than 30 days. Give a time like 30m, 2h, 1d or 0"),
    )
  })
})
