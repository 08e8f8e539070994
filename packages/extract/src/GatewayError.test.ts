/** What a spent quota tells of when to go on: what is known, and no more. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { QuotaSpent } from "./GatewayError.ts"

const spentAt = (at: number) =>
  new QuotaSpent({ status: 429, code: "400", said: "Quota Exceeded", traceId: "t1", at }).message

describe("a spent quota", () => {
  it("says what happened, that nothing is lost, and what is known of when it is renewed", () => {
    expect(spentAt(Date.parse("2026-09-12T03:00:00Z"))).toBe(
      "The account's quota of API calls is spent: HTTP 429, error 400: Quota Exceeded (trace id t1). Nothing is lost: running the same command again goes on where it was. Quotas are daily or monthly; the gateway does not tell which. Daily quotas are usually renewed at midnight KST, that is in 12 h.",
    )
  })

  it.each([
    ["2026-09-12T14:59:30Z", "in 30 s."],
    ["2026-09-12T14:20:00Z", "in 40 min."],
    ["2026-09-12T15:00:00Z", "in 24 h."],
    ["2026-09-12T15:00:00+09:00", "in 9 h."],
    // Rounded once: to whole seconds first it would be 9 h 30 min, and then 10 h.
    ["2026-09-12T05:30:00.001Z", "in 9 h."],
  ])("at %s names midnight in Korea %s", (at, said) => {
    expect(spentAt(Date.parse(at))).toContain(said)
  })

  it("never names a midnight that is past or more than a day away", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }), (date) => {
        const [, amount, unit] = /that is in (\d+) (s|min|h)\.$/.exec(spentAt(date.getTime())) ?? []
        const seconds = Number(amount) * { s: 1, min: 60, h: 3_600 }[unit as "s" | "min" | "h"]
        const midnight = new Date(date.getTime() + seconds * 1_000 + 9 * 3_600_000)
        const off = midnight.getTime() % 86_400_000
        // As exact as the unit that it is told in.
        expect(Math.min(off, 86_400_000 - off)).toBeLessThanOrEqual(
          { s: 500, min: 30_000, h: 1_800_000 }[unit as "s"],
        )
      }),
    )
  })
})
