/** What people see while a run goes on. */
import { describe, expect, it } from "vitest"
import { durationInWords, progressLine, progressPicture, startOfProgress, timeLeft } from "./ProgressState.ts"

const halfway = {
  ...startOfProgress(30, 0),
  doneDays: 15,
  inFlight: new Map([
    ["2021-09-16", 12_000],
    ["2021-09-17", 40],
  ]),
  rows: 1_234_567,
  requests: 1_300,
}

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

describe("timeLeft", () => {
  it("is unknown until a day is done", () => {
    expect(timeLeft(startOfProgress(30, 0), 5_000)).toBeUndefined()
  })

  it("takes the days to come to last as long as those done", () => {
    expect(timeLeft({ ...startOfProgress(30, 1_000), doneDays: 10 }, 6_000)).toBe(10_000)
  })

  it("is never less than nothing", () => {
    expect(timeLeft({ ...startOfProgress(3, 0), doneDays: 4 }, 4_000)).toBe(0)
  })
})

describe("progressLine", () => {
  it("tells days, rows, their speed, requests and the time left", () => {
    expect(progressLine(halfway, 10_000)).toBe(
      "15 of 30 days · 1,234,567 rows · 123,457 rows/s · 1,300 requests · 10 s left",
    )
  })

  it("tells retries and failed days where there are some", () => {
    expect(progressLine({ ...halfway, retries: 7, failedDays: 2 }, 10_000)).toContain(
      " · 7 retries · 2 failed · ",
    )
    expect(progressLine(halfway, 10_000)).not.toMatch(/retries|failed/)
  })

  it("divides by no time at all without showing it", () => {
    expect(progressLine(startOfProgress(0, 0), 0)).toBe("0 of 0 days · 0 rows · 0 rows/s · 0 requests")
  })
})

describe("progressPicture", () => {
  it("is a bar, the facts and the days in flight", () => {
    expect(progressPicture(halfway, 10_000, 100).split("\n")).toEqual([
      `${"█".repeat(20)}${"░".repeat(20)} 15/30 days`,
      "1,234,567 rows · 123,457 rows/s · 1,300 requests · 10 s left",
      "2021-09-16 12,000  2021-09-17 40",
    ])
  })

  it("leaves the line of days out while none is in flight", () => {
    expect(progressPicture({ ...halfway, inFlight: new Map() }, 10_000, 100).split("\n")).toHaveLength(2)
  })

  it("never wraps, however narrow the terminal", () => {
    for (let columns = 4; columns <= 120; columns++) {
      for (const line of progressPicture(halfway, 10_000, columns).split("\n")) {
        expect(line.length).toBeLessThanOrEqual(columns)
      }
    }
  })
})
