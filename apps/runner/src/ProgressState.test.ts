/** What people see while a run goes on. */
import { describe, expect, it } from "vitest"
import { plain, progressLine, progressPicture, startOfProgress, timeLeft } from "./ProgressState.ts"

const halfway = {
  ...startOfProgress(30, 0),
  doneDays: 15,
  inFlight: new Map([
    ["2021-12-30", { pages: 12, of: 13 }],
    ["2021-12-31", { pages: 14, of: 12 }],
    ["2022-01-01", { pages: 0, of: undefined }],
  ]),
  rows: 1_234_567,
  requests: 1_300,
}

const left = "about 10 s left"
const at = (columns: number) => ({ left, columns, paint: plain })

describe("timeLeft", () => {
  it("is unknown until a day is done", () => {
    expect(timeLeft(startOfProgress(30, 0), 5_000)).toBeUndefined()
  })

  it("takes the days to come to last as long as those done", () => {
    expect(timeLeft({ ...startOfProgress(30, 1_000), doneDays: 10 }, 6_000)).toBe(10_000)
  })

  it("counts a day in flight by its pages, and never as more than a day", () => {
    const inFlight = new Map([
      ["2021-09-01", { pages: 5, of: 10 }],
      ["2021-09-02", { pages: 9, of: 3 }],
      ["2021-09-03", { pages: 1, of: undefined }],
    ])
    expect(timeLeft({ ...startOfProgress(10, 0), doneDays: 1, inFlight }, 5_000)).toBe(15_000)
  })

  it("is never less than nothing", () => {
    expect(timeLeft({ ...startOfProgress(3, 0), doneDays: 4 }, 4_000)).toBe(0)
  })
})

describe("progressLine", () => {
  it("tells days, the time left, rows, their speed and requests", () => {
    expect(progressLine(halfway, 10_000, left)).toBe(
      "15 of 30 days · about 10 s left · 1,234,567 rows · 123,457 rows/s · 1,300 requests",
    )
  })

  it("tells retries and problems where there are some", () => {
    expect(progressLine({ ...halfway, retries: 7, problems: 2 }, 10_000, left)).toMatch(
      / · 7 retries · 2 problems$/,
    )
    expect(progressLine({ ...halfway, retries: 1, problems: 1 }, 10_000, left)).toMatch(
      / · 1 retry · 1 problem$/,
    )
    expect(progressLine(halfway, 10_000, left)).not.toMatch(/retr|problem/)
  })

  it("tells nothing that is not there", () => {
    expect(progressLine(startOfProgress(1, 0), 0, undefined)).toBe("0 of 1 day · 0 requests")
  })
})

describe("progressPicture", () => {
  it("is a bar, the facts and the days in flight with their pages", () => {
    expect(progressPicture(halfway, 10_000, at(100)).split("\n")).toEqual([
      `${"█".repeat(20)}${"░".repeat(20)} 15 of 30 days · about 10 s left`,
      "1,234,567 rows · 123,457 rows/s · 1,300 requests",
      "pages: 2021-12-30 12/13  12-31 14/14  2022-01-01 0",
    ])
  })

  it("leaves the line of days out while none is in flight", () => {
    expect(progressPicture({ ...halfway, inFlight: new Map() }, 10_000, at(100)).split("\n")).toHaveLength(2)
  })

  it("is whole in 80 columns with all days in flight, large numbers and problems", () => {
    const busy = {
      ...startOfProgress(1_000, 0),
      doneDays: 999,
      problems: 12,
      rows: 98_765_432,
      requests: 98_765,
      retries: 123,
      inFlight: new Map(
        ["2021-09-16", "2021-09-17", "2021-09-18", "2021-09-19", "2021-09-20"].map((date) => [
          date,
          { pages: 99, of: 99 },
        ]),
      ),
    }
    const picture = progressPicture(busy, 10_000_000, { ...at(80), left: "about 12 h 05 min left" })
    expect(picture).not.toContain("…")
    for (const line of picture.split("\n")) expect(line.length).toBeLessThan(80)
  })

  it("never wraps, however narrow the terminal", () => {
    for (let columns = 1; columns <= 120; columns++) {
      for (const line of progressPicture(halfway, 10_000, at(columns)).split("\n")) {
        expect(line.length).toBeLessThan(columns)
      }
    }
  })

  it("paints what is yet to come faint, where there are colours", () => {
    const paint = (look: string, text: string) => `<${look}>${text}</>`
    expect(progressPicture(halfway, 10_000, { ...at(100), paint })).toContain(
      `█<faint>${"░".repeat(20)}</> 15 of 30 days`,
    )
  })
})
