/** Which refusals are put down to chance: on the ground of what was refused here, and where less was asked. */
import { describe, expect, it } from "vitest"
import { RefusalTrend } from "./RefusalTrend.ts"

const letThrough = (trend: RefusalTrend, answers: number, level: number) => {
  for (let count = 0; count < answers; count++) trend.letThrough(level)
}

describe("a refusal", () => {
  it("right after more was asked for is none by chance, one after many answers is", () => {
    const trend = new RefusalTrend()
    trend.rose()
    letThrough(trend, 5, 8)
    expect(trend.isByChance(8, false)).toBe(false)
    letThrough(trend, 50, 8)
    expect(trend.isByChance(8, false)).toBe(true)
  })

  it("soon after another one is none by chance", () => {
    const trend = new RefusalTrend()
    letThrough(trend, 200, 8)
    expect(trend.isByChance(8, false)).toBe(true)
    letThrough(trend, 5, 8)
    expect(trend.isByChance(8, false)).toBe(false)
  })

  it("one too many of a row, however far apart, is none by chance", () => {
    const trend = new RefusalTrend()
    const seen = Array.from({ length: 20 }, () => {
      letThrough(trend, 25, 8)
      return trend.isByChance(8, false)
    })
    expect(seen[0]).toBe(true)
    expect(seen.at(-1)).toBe(false)
  })

  it("at a level that was refused before is none by chance, as long as nothing is known of chance", () => {
    const trend = new RefusalTrend()
    letThrough(trend, 200, 8)
    expect(trend.isByChance(8, true)).toBe(false)
  })

  it("is by chance where as many came when less was asked, and not where that was free of them", () => {
    const seenAt = (level: number) => {
      const trend = new RefusalTrend()
      for (let round = 0; round < 20; round++) {
        letThrough(trend, 20, level)
        trend.isByChance(level, false)
      }
      letThrough(trend, 200, 4)
      trend.rose()
      letThrough(trend, 20, 8)
      return trend.isByChance(8, true)
    }
    expect(seenAt(4)).toBe(true)
    // At the same level or a higher one they may come of a limit.
    expect(seenAt(8)).toBe(false)
    expect(seenAt(16)).toBe(false)
  })

  it("at once after a cut shows nothing of chance", () => {
    const trend = new RefusalTrend()
    for (let cut = 0; cut < 20; cut++) {
      trend.wasCut()
      letThrough(trend, 2, 4)
      trend.isByChance(4, false)
    }
    letThrough(trend, 20, 8)
    expect(trend.isByChance(8, true)).toBe(false)
  })
})
