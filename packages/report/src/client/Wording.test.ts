/** How numbers are written in both languages. */
import { describe, expect, it } from "vitest"
import { wordingIn } from "./Wording.ts"

const english = wordingIn("en", "Asia/Seoul")
const korean = wordingIn("ko", "Asia/Seoul")

describe("the wording of numbers", () => {
  it("writes sizes in powers of a thousand, with three digits", () => {
    expect([0, 999, 999_999, 81_040_256, 842e12, 1e19].map(english.bytes)).toEqual([
      "0 B",
      "999 B",
      "1 MB",
      "81 MB",
      "842 TB",
      "10 EB",
    ])
  })

  it("writes shares with as many digits as tell something", () => {
    expect([null, 0, 0.00483, 0.0111, 0.98412, 1].map(english.percent)).toEqual([
      "–",
      "0 %",
      "0.48 %",
      "1.11 %",
      "98.4 %",
      "100 %",
    ])
  })

  it("writes how long something took, in the two units that matter", () => {
    const times = [0, 34, 60, 89.6, 1440, 3000]
    expect(times.map(english.minutes)).toEqual([
      "0 min",
      "34 min",
      "1 hr",
      "1 hr 30 min",
      "24 hr",
      "2 days 2 hr",
    ])
    expect(times.map(korean.minutes)).toEqual(["0분", "34분", "1시간", "1시간 30분", "24시간", "2일 2시간"])
  })

  it("writes instants in the archive's time zone, or in UTC where the browser does not know it", () => {
    const instant = Date.parse("2026-08-13T18:17:00Z")
    expect(english.instant(instant)).toBe("2026-08-14 03:17")
    expect(wordingIn("en", "+05:45").instant(instant)).toBe("2026-08-14 00:02")
    expect(wordingIn("en", "Nowhere/At_All").instant(instant)).toBe("2026-08-13 18:17 UTC")
  })

  it("knows the names of months and of days from Sunday on", () => {
    expect([english.months[7], korean.months[7]]).toEqual(["Aug", "8월"])
    expect([english.weekdays.join(""), korean.weekdays.join("")]).toEqual(["SMTWTFS", "일월화수목금토"])
  })
})
