/** Which widths of a cell `--resolution` takes: those that divide 24 hours. */
import { Result } from "effect"
import { describe, expect, it } from "vitest"
import { parseResolution } from "./parseResolution.ts"

const parsed = (text: string) => Result.getOrThrow(parseResolution(text))

describe("parseResolution", () => {
  it.each([
    ["1s", 1_000],
    ["5m", 300_000],
    ["15m", 900_000],
    ["1h", 3_600_000],
    ["60m", 3_600_000],
    ["6h", 21_600_000],
    ["12h", 43_200_000],
  ])("takes %s as %i ms", (text, ms) => {
    expect(parsed(text)).toBe(ms)
  })

  it.each(["1d", "24h", "1440m", "86400s"])("takes %s as the whole day, whatever its length", (text) => {
    expect(parsed(text)).toBeUndefined()
  })

  it.each(["7h", "2d", "25h", "7m", "11s"])("refuses %s, which does not divide 24 hours", (text) => {
    expect(parseResolution(text)).toEqual(
      Result.fail("it does not divide 24 hours. Give a width like 1d, 6h, 1h, 15m or 5m"),
    )
  })

  it.each(["", "h", "1", "0h", "-1h", "1.5h", "1 h", "1H", "1w", "100000s", "１h"])("refuses %j", (text) => {
    expect(parseResolution(text)).toEqual(
      Result.fail("not understood. Give a width like 1d, 6h, 1h, 15m or 5m"),
    )
  })
})
