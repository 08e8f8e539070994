/** What the pages write as an address, the server reads as they meant it; what nobody of ours wrote is refused in one line. */
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { DayFilter, EncodingKey } from "@vodstation-etl/report/pageAddress"
import {
  dayAddress,
  dayCsvAddress,
  encodingAddress,
  encodingCsvAddress,
} from "@vodstation-etl/report/pageAddress"
import { readAddress } from "./readAddress.ts"

const date = fc
  .date({ min: new Date("1970-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10))
const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: "binary" }).map((any) => any.replaceAll("\0", "").toWellFormed()),
  fc.constantFrom(
    "",
    "/드라마/한글 파일, 1화.mp4",
    "a+b&c=d%20e#f?g;h",
    "'; DROP TABLE encoding; --",
    "../../etc/passwd",
  ),
)
const category = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)
const key: fc.Arbitrary<EncodingKey> = fc.record({
  workDate: date,
  categoryId: category,
  filePath: text,
  outputType: text,
  occurrence: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
})
const filter: fc.Arbitrary<DayFilter> = fc.record(
  { status: text, format: text, categoryId: category, file: text },
  { requiredKeys: [] },
)

const read = (address: string) => {
  const result = readAddress(address)
  return result._tag === "Success" ? result.success : result.failure
}

describe("an address that a page wrote", () => {
  it("of a day is read as it was meant, with its filter and where its rows begin", () => {
    fc.assert(
      fc.property(date, filter, fc.option(key), (day, filter, after) => {
        const begin = after === null ? null : { ...after, workDate: day }
        expect(read(dayAddress(day, filter, begin))).toEqual({
          page: "day",
          lang: undefined,
          day,
          filter,
          after: begin,
        })
        expect(read(dayCsvAddress(day, filter))).toEqual({ page: "dayCsv", lang: undefined, day, filter })
      }),
    )
  })

  it("of an encoding is read as it was meant", () => {
    fc.assert(
      fc.property(key, (key) => {
        expect(read(encodingAddress(key))).toEqual({ page: "encoding", lang: undefined, key })
        expect(read(encodingCsvAddress(key))).toEqual({ page: "encodingCsv", lang: undefined, key })
      }),
    )
  })

  it("may choose the language, and the report's may choose days", () => {
    expect(read("/?lang=ko&from=-30d")).toEqual({ page: "report", lang: "ko", from: "-30d", to: undefined })
    expect(read("/days/2026-08-01?lang=en&category=")).toMatchObject({ lang: "en", filter: {} })
  })
})

const refused: ReadonlyArray<readonly [address: string, status: number, line: string]> = [
  ["/etc/passwd", 404, "There is no page /etc/passwd here. Begin at the report, which is at /."],
  ["/../../etc/passwd", 404, "There is no page /../../etc/passwd here."],
  ["/%2e%2e/%2e%2e/etc/passwd", 404, "There is no page /%2e%2e/%2e%2e/etc/passwd here."],
  ["/days/../../../etc/passwd", 404, "There is no page"],
  ["//evil.example/", 404, "There is no page //evil.example/ here."],
  ["/days/2026-13-45", 404, "There is no day 2026-13-45. A day is written as 2021-09-12."],
  ["/days/2026-02-30.csv", 404, "There is no day 2026-02-30."],
  ["/days/2026-08-01'--", 404, "There is no day 2026-08-01'--."],
  ["/days/2026-08-01%3BDELETE%20FROM%20encoding", 404, "There is no day"],
  ["/days/", 404, "There is no page /days/ here."],
  ["/?sql=SELECT+1", 400, "There is no sql to ask for here, only from, to, lang."],
  ["/?file=/etc/passwd", 400, "There is no file to ask for here"],
  ["/?lang=fr", 400, "lang is en or ko, and not fr."],
  ["/days/2026-08-01?status=FAILURE&status=x", 400, "status is given twice; leave one out."],
  [
    "/days/2026-08-01?category=1;DROP TABLE encoding",
    400,
    "A category is a number, and not 1;DROP TABLE encoding.",
  ],
  [
    "/days/2026-08-01?category=9223372036854775808",
    400,
    "A category is a number, and not 9223372036854775808.",
  ],
  ["/days/2026-08-01?file=%00", 400, "file holds a NUL; leave it out."],
  ["/days/2026-08-01?afterCategory=1", 400, "afterFile is missing"],
  ["/days/2026-08-01.csv?afterCategory=1", 400, "There is no afterCategory to ask for here"],
  [
    "/encodings",
    400,
    "day is missing: an encoding is known by all of day, category, file, format, occurrence.",
  ],
  [
    "/encodings?day=2026-08-01&category=1&file=&format=&occurrence=0",
    400,
    "occurrence is a number from 1, and not 0.",
  ],
  ["/encodings?day=x'&category=1&file=&format=&occurrence=1", 404, "There is no day x'."],
]

it.each(refused)("%s is refused with %i, in one line", (address, status, line) => {
  const refusal = read(address)
  expect(refusal).toMatchObject({ _tag: "RequestRefused", status, line: expect.stringContaining(line) })
  expect(refusal).toMatchObject({ line: expect.not.stringMatching(/[\p{C}\n]/u) })
})
