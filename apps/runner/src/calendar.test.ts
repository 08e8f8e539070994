/** The calendar of an archive: a month a line, a sign a day, whatever the ledger holds. */
import { entry } from "@vodstation-etl/core/ledger.fixture"
import { addDays } from "@vodstation-etl/core/WorkDay"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { calendarOf } from "./calendar.ts"
import { calendarPicture } from "./calendarPicture.ts"
import { coverageOf } from "./coverage.ts"

const plain = (signs: string) => signs
const picture = (ledger: Parameters<typeof calendarOf>[0], today: string, all = false) =>
  calendarPicture(calendarOf(ledger, today), { all, paint: plain })
const failed = { state: "failed", readAt: null, rowCount: null } as const

describe("the calendar", () => {
  it("has a sign for each day, a ruler, the months' flaws in words, and a legend", () => {
    const ledger = [
      entry("2021-09-28"),
      entry("2021-09-30"),
      entry("2021-10-01"),
      entry("2021-10-02", failed),
      entry("2021-10-05", { state: "open" }),
      entry("2021-10-06", { state: "open" }),
    ]
    expect(picture(ledger, "2021-10-09")).toEqual([
      "         1   5    10   15   20   25   30",
      "2021-09  ...........................#?#   1 missing",
      "2021-10  #X??oo...                        2 open, 1 failed, 2 missing",
      "",
      "# closed   o open   X failed   ? missing between others   . never asked for",
    ])
  })

  it("leaves days to come blank, and ends with the last month that was asked for", () => {
    expect(picture([entry("2024-02-28"), entry("2024-02-29")], "2030-01-01")[1]).toBe(
      `2024-02  ${".".repeat(27)}##`,
    )
    expect(picture([entry("2024-02-01")], "2024-02-01")[1]).toBe("2024-02  #")
  })

  it("shows 24 months and counts those before, or shows all", () => {
    const days = Array.from({ length: 3 * 365 }, (_, at) => addDays("2021-01-01", at))
    const ledger = days
      .filter((day) => day !== "2021-03-03")
      .map((day) => entry(day, day === "2021-02-02" ? failed : {}))
    const lines = picture(ledger, "2023-12-31")
    expect(lines.slice(0, 3)).toEqual([
      "12 earlier months, 2021-01 to 2021-12 (--all shows them):",
      "  363 closed, 1 failed, 1 missing",
      "",
    ])
    expect(lines.filter((line) => /^\d{4}-\d{2} /.test(line))).toHaveLength(24)
    expect(lines[4]).toMatch(/^2022-01 {2}#{31}$/)
    const all = picture(ledger, "2023-12-31", true)
    expect(all[1]).toMatch(/^2021-01 /)
    expect(all.filter((line) => /^\d{4}-\d{2} /.test(line))).toHaveLength(36)
  })

  it("paints days in a row at once, and nothing but signs", () => {
    const months = calendarOf([entry("2021-09-01"), entry("2021-09-02"), entry("2021-09-04")], "2021-09-04")
    const painted = calendarPicture(months, { all: false, paint: (signs, look) => `<${look} ${signs}>` })
    expect(painted[1]).toMatch(/^2021-09 {2}<closed ##><missing \?><closed #> +1 missing$/)
  })

  it("tells of each day what the ledger says, in at most 80 columns, and agrees with the coverage", () => {
    const states = fc.constantFrom("closed", "open", "failed", "missing")
    const start = fc.integer({ min: 0, max: 4_000 }).map((days) => addDays("2015-01-01", days))
    fc.assert(
      fc.property(
        start,
        fc.array(states, { minLength: 1, maxLength: 400 }),
        fc.nat(60),
        (first, found, age) => {
          const ledger = found.flatMap((state, at) =>
            state === "missing" && at > 0 && at < found.length - 1
              ? []
              : [entry(addDays(first, at), { state: state === "missing" ? "closed" : state })],
          )
          const today = addDays(ledger.at(-1)!.workDate, age)
          const { closed, open, failed, missing } = coverageOf(ledger, today)
          const months = calendarOf(ledger, today)
          const signs = picture(ledger, today, true)
            .filter((line) => /^\d{4}-\d{2} /.test(line))
            .flatMap((line) =>
              [...line.slice(9, 40)].map((sign, at) => [
                `${line.slice(0, 8).trim()}-${String(at + 1).padStart(2, "0")}`,
                sign,
              ]),
            )
          const of = (sign: string) => signs.filter(([, found]) => found === sign).map(([day]) => day!)
          const dates = (state: string) =>
            ledger.filter((day) => day.state === state).map(({ workDate }) => workDate)
          expect([of("#"), of("o"), of("X")]).toEqual([dates("closed"), dates("open"), dates("failed")])
          expect([of("#"), of("o"), of("X"), of("?")].map((days) => days.length)).toEqual([
            closed,
            open,
            failed,
            missing,
          ])
          for (const day of of("."))
            expect(day < first || (day > ledger.at(-1)!.workDate && day <= today)).toBe(true)
          expect(
            months.every(({ month, looks }) => addDays(`${month}-01`, looks.length).endsWith("-01")),
          ).toBe(true)
          for (const line of picture(ledger, today)) expect(line.length).toBeLessThanOrEqual(80)
        },
      ),
      { seed: 5, numRuns: 100 },
    )
  })
})
