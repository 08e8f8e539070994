/** How the limit fares with gateways of many kinds, beside a fixed limit of eight at the same gateway. On paper: see the fixture. */
import { describe, expect, it } from "vitest"
import { AdaptiveLimit } from "./AdaptiveLimit.ts"
import type { PaperRequest } from "./limitTrial.fixture.ts"
import { fixedLimit, queueing, refusingBeyond, refusingRate, tryLimit } from "./limitTrial.fixture.ts"

const pages = 2_000
const ceiling = 8

/** The share of the requests that were refused. */
const refusedShare = ({ refused }: { readonly refused: number }) => refused / (pages + refused)

describe("a gateway that refuses what is more at once than it likes", () => {
  it.each([1, 2, 3, 4, 5, 6, 7])("than %i", (most) => {
    const trial = tryLimit(pages, ceiling, refusingBeyond(most, 50))
    const fixed = tryLimit(pages, ceiling, refusingBeyond(most, 50), fixedLimit(ceiling))
    // Below the point of refusal nearly always, and yet near it.
    expect(refusedShare(trial)).toBeLessThan(0.01)
    expect(refusedShare(fixed)).toBeGreaterThan(0.1)
    const late = trial.limits.slice(pages / 2)
    expect(late.filter((limit) => limit > most).length / late.length).toBeLessThan(0.03)
    expect(trial.tookMs).toBeLessThan(((pages * 50) / most) * 1.2)
  })

  it("is asked for more again when it likes more", () => {
    const trial = tryLimit(pages, ceiling, (request) =>
      refusingBeyond(request.startMs < 10_000 ? 2 : 8, 50)(request),
    )
    expect(trial.limits.at(-1)).toBe(ceiling)
    expect(trial.limits.slice(pages / 2).filter((limit) => limit === ceiling).length).toBeGreaterThan(
      pages / 4,
    )
  })
})

describe("a gateway that refuses what comes faster than it likes", () => {
  it.each([
    // The smaller the rate, the more the first second's burst, after which all is refused at once, weighs.
    [10, 50, 0.05],
    [20, 50, 0.02],
    [50, 50, 0.03],
    [100, 50, 0.02],
    [200, 5, 0.02],
    [10, 500, 0.02],
  ])("than %i a second, answering in %i ms", (perSecond, ms, share) => {
    const trial = tryLimit(pages, ceiling, refusingRate(perSecond, ms))
    const fixed = tryLimit(pages, ceiling, refusingRate(perSecond, ms), fixedLimit(ceiling))
    expect(refusedShare(trial)).toBeLessThan(share)
    expect(refusedShare(fixed)).toBeGreaterThan(4 * refusedShare(trial))
    expect(trial.tookMs).toBeLessThan((pages / perSecond) * 1_000 * 1.1)
  })

  it("than two a second is asked with pauses between single requests", () => {
    const trial = tryLimit(300, ceiling, refusingRate(2, 50))
    const gaps = trial.starts.slice(-50).map((start, index, all) => start - (all[index - 1] ?? start))
    expect(trial.refused / 300).toBeLessThan(0.25)
    expect(Math.max(...gaps.slice(1))).toBeGreaterThan(400)
    expect(trial.tookMs).toBeLessThan(300 * 500 * 1.15)
  })
})

describe("a gateway that queues what is more than it can work on", () => {
  it.each([1, 2, 3])("%i at a time, is not flooded, and loses no time for want of work", (workers) => {
    const trial = tryLimit(
      pages,
      ceiling,
      queueing(workers, () => 30),
    )
    const late = trial.limits.slice(pages / 2)
    const mean = late.reduce((sum, limit) => sum + limit, 0) / late.length
    expect(mean).toBeLessThan(workers === 3 ? 7 : 5.5)
    expect(trial.tookMs).toBeLessThan(((pages * 30) / workers) * 1.1)
  })
})

/** A number of a log-normal distribution around 50, as waiting times often have. */
const wide = (chance: number): number =>
  50 *
  Math.exp(0.7 * Math.sqrt(-2 * Math.log(chance + 1e-12)) * Math.cos(2 * Math.PI * ((chance * 7_919) % 1)))

describe("what is no reason to ask for less", () => {
  it.each<[string, number, (request: PaperRequest) => { ms: number; idleMs?: number; bytes?: number }]>([
    ["a steady gateway", 1.05, () => ({ ms: 50 })],
    ["slow first requests", 1.05, ({ page }) => ({ ms: page < 4 ? 800 : 50 })],
    ["single answers that are quick by luck", 1.05, ({ chance }) => ({ ms: chance < 0.01 ? 5 : 50 })],
    ["single answers that are slow", 1.05, ({ chance }) => ({ ms: chance < 0.05 ? 1_000 : 50 })],
    ["waiting times of a wide distribution", 1.15, ({ chance }) => ({ ms: wide(chance) })],
    [
      "large pages that are slower than small ones",
      1.05,
      ({ page }) => (page % 3 === 0 ? { ms: 400, bytes: 400_000 } : { ms: 50, bytes: 4_000 }),
    ],
    [
      "small pages first, then large ones",
      1.05,
      ({ page }) => (page < 200 ? { ms: 20, bytes: 4_000 } : { ms: 200, bytes: 400_000 }),
    ],
    ["pages that are slower the deeper they are", 1.15, ({ page }) => ({ ms: 50 + (page % 200) * 2 })],
    ["a gateway that gets slower for good", 1.05, ({ page }) => ({ ms: page < 500 ? 50 : 200 })],
    [
      "our own CPU being busy with pages",
      1.05,
      ({ page }) => (page < 20 ? { ms: 5, idleMs: 5 } : { ms: 60, idleMs: 2 }),
    ],
  ])("%s", (_, most, answer) => {
    const trial = tryLimit(pages, ceiling, answer)
    const fixed = tryLimit(pages, ceiling, answer, fixedLimit(ceiling))
    expect(trial.tookMs / fixed.tookMs).toBeLessThan(most)
  })

  it("a short run: 60 pages take as long as with a fixed limit of eight", () => {
    const trial = tryLimit(60, ceiling, () => ({ ms: 50 }))
    expect(trial.tookMs).toBe(tryLimit(60, ceiling, () => ({ ms: 50 }), fixedLimit(ceiling)).tookMs)
    expect(trial.limits[0]).toBe(5)
  })
})

describe("refusals that come by chance", () => {
  /** The throughput beside that without refusals: the mean over runs whose dice fall otherwise. */
  const throughput = (share: number, ceiling: number) => {
    const without = tryLimit(pages, ceiling, () => ({ ms: 50 })).tookMs
    const runs = Array.from({ length: 5 }, (_, run) => {
      const answer = ({ chance }: PaperRequest) => ({ ms: 50, refused: (chance + run * 0.382) % 1 < share })
      return without / tryLimit(pages, ceiling, answer).tookMs
    })
    return runs.reduce((sum, run) => sum + run, 0) / runs.length
  }

  // What more than that costs is told in docs/decisions/politeness.md.
  it.each([
    [0.001, 8, 0.97],
    [0.001, 32, 0.95],
    [0.01, 8, 0.85],
    [0.01, 32, 0.75],
    [0.05, 8, 0.2],
    [0.05, 32, 0.05],
  ])(
    "at %f of the requests, with a ceiling of %i, leave a throughput of %f or more",
    (share, ceiling, least) => {
      expect(throughput(share, ceiling)).toBeGreaterThan(least)
    },
  )

  it("do not hide a limit: what is beyond it is not asked for more often than it must be", () => {
    for (const most of [3, 7]) {
      const limited = refusingBeyond(most, 50)
      const trial = tryLimit(pages, ceiling, (request) =>
        request.chance < 0.01 ? { ms: 50, refused: true } : limited(request),
      )
      expect(refusedShare(trial)).toBeLessThan(0.03)
      expect(trial.tookMs).toBeLessThan(((pages * 50) / most) * 1.4)
    }
  })

  it("as an outage of five seconds, are over soon after it", () => {
    const answer = ({ startMs }: PaperRequest) => ({ ms: 50, refused: startMs > 2_000 && startMs < 7_000 })
    const limit = new AdaptiveLimit(ceiling)
    const trial = tryLimit(pages, ceiling, answer, limit)
    expect(trial.tookMs).toBeLessThan((pages * 50) / ceiling + 5_000 + 3_000)
    expect([limit.limit, limit.spacingMs]).toEqual([ceiling, 0])
  })
})
