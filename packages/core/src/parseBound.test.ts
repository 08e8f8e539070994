import * as Option from "effect/Option"
import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { parseBound } from "./parseBound.ts"
import { timeZone } from "./WorkDay.ts"

const seoul = Option.getOrThrow(timeZone("Asia/Seoul"))
// 2021-09-12 is already two hours old in Seoul.
const now = Date.parse("2021-09-11T17:00:00Z")

const from = (text: string, nowMs = now) => Result.getOrThrow(parseBound("--from", text, seoul, nowMs))
const to = (text: string, nowMs = now) => Result.getOrThrow(parseBound("--to", text, seoul, nowMs))

describe("a bound", () => {
  it("is a date", () => {
    expect([from("2021-09-01"), to("2021-09-01")]).toEqual(["2021-09-01", "2021-09-01"])
  })

  it("is relative to the present day of the archive's time zone", () => {
    expect(from("today")).toBe("2021-09-12")
    expect(from("-7d")).toBe("2021-09-05")
    expect(from("-2w")).toBe("2021-08-29")
    expect(to("-0d")).toBe("2021-09-12")
    expect(to("today")).toBe("2021-09-12")
  })

  it("is an instant, widened to whole days: down for --from, up for --to", () => {
    for (const inside of [
      "2021-09-05T12:00:00+09:00",
      "2021-09-05T03:00Z",
      "2021-09-05T12:00:00.5+0900",
      "1630810800000",
    ]) {
      expect([from(inside), to(inside)]).toEqual(["2021-09-05", "2021-09-06"])
    }
    expect([from("now"), to("now")]).toEqual(["2021-09-12", "2021-09-13"])
  })

  it("is read for --since as for --from", () => {
    for (const text of ["-7d", "2021-09-05T12:00:00+09:00", "now"]) {
      expect(Result.getOrThrow(parseBound("--since", text, seoul, now))).toBe(from(text))
    }
    const refused = parseBound("--since", "soon", seoul, now)
    expect(Result.isFailure(refused) && refused.failure.message).toMatch(/^--since soon: not understood/)
  })

  it("is not widened where it lies on a border of days", () => {
    for (const border of ["2021-09-05T00:00:00+09:00", "2021-09-04T15:00:00Z", "1630767600000"]) {
      expect([from(border), to(border)]).toEqual(["2021-09-05", "2021-09-05"])
    }
    expect(to("now", Date.parse("2021-09-11T15:00:00Z"))).toBe("2021-09-12")
  })

  it("widens by the archive's time zone, not by the instant's", () => {
    expect(from("2021-09-05T23:30:00Z")).toBe("2021-09-06")
  })

  it.each([
    ["2021-02-30", "there is no such date"],
    ["1969-12-31", "there is no such date"],
    ["2021-02-30T00:00:00Z", "there is no such time"],
    ["2021-09-05T24:30:00Z", "there is no such time"],
    ["2021-09-05T25:00:00Z", "there is no such time"],
    ["2021-09-05T00:00:00+99:00", "there is no such time"],
    ["2021-09-05T00:00:00", "not understood"],
    ["yesterday", "not understood"],
    ["", "not understood"],
    ["7d", "not understood"],
    ["+7d", "not understood"],
    ["-7", "not understood"],
    ["-7D", "not understood"],
    ["20210912", "not understood"],
    ["-99999d", "that is before 1970"],
    ["-99999w", "that is before 1970"],
    ["253402300800000", "outside of the years 1970 to 9999"],
    ["999999999999999", "outside of the years 1970 to 9999"],
  ])("%j is none: %s", (text, reason) => {
    const result = parseBound("--from", text, seoul, now)
    expect(result).toMatchObject({ _tag: "Failure", failure: { flag: "--from", text, reason } })
  })

  it("says what to write instead", () => {
    const result = parseBound("--to", "soon", seoul, now)
    expect(Result.isFailure(result) && result.failure.message).toBe(
      "--to soon: not understood. Give a date like 2021-09-12, an instant like 2021-09-12T00:00:00+09:00, epoch milliseconds, or -7d.",
    )
  })
})
