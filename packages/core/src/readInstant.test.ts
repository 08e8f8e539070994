import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseIsoInstant } from "./parseIsoInstant.ts"
import { readInstant } from "./readInstant.ts"
import { Remark } from "./Remark.ts"

const at = (iso: string) => Date.parse(iso)
const pad = (value: number, length: number) => String(value).padStart(length, "0")
const seed = at("2021-09-14T06:49:12Z")

describe("one instant, told in every way", () => {
  it.each<[unknown]>([
    ["2021-09-14T15:49:12+0900"],
    ["2021-09-14T15:49:12+09:00"],
    ["2021-09-14T15:49:12+09"],
    ["2021-09-14T15:49:12.000+0900"],
    ["2021-09-14T15:49:12,0+0900"],
    ["2021-09-14T15:49:12.000000000+0900"],
    ["2021-09-14T06:49:12Z"],
    ["2021-09-14t06:49:12z"],
    ["2021-09-14 06:49:12Z"],
    ["2021-09-14 15:49:12 +0900"],
    ["2021-09-14T06:49:12+00:00"],
    ["2021-09-14T06:49:12-00:00"],
    ["2021-09-14T03:19:12-0330"],
    ["2021-09-13T20:49:12-10:00"],
    // Without an offset it is Korean time.
    ["2021-09-14T15:49:12"],
    ["2021-09-14 15:49:12"],
    ["  2021-09-14T15:49:12\n"],
    ["20210914T154912+0900"],
    ["20210914T064912Z"],
    [1631602152000],
    ["1631602152000"],
    [" 1631602152000 "],
    ["1631602152000.0"],
    ["1.631602152E12"],
    ["+1631602152000"],
    [{ time: 1631602152000 }],
    [{ time: "1631602152000" }],
    [{ time: "2021-09-14T15:49:12+0900" }],
    [{ epochSecond: 1631602152, nano: 0 }],
    [{ epochSecond: "1631602152", nano: "0" }],
    [{ epochSecond: 1631602152 }],
    [{ epochSecond: 1631602152, nano: null }],
    [{ nano: 0, epochSecond: 1631602152 }],
  ])("%j", (told) => {
    expect(readInstant(told)).toBe(seed)
  })

  it("reads a time without seconds", () => {
    expect(readInstant("2021-09-14T15:49+0900")).toBe(at("2021-09-14T06:49:00Z"))
    expect(readInstant("20210914T1549")).toBe(at("2021-09-14T06:49:00Z"))
  })

  it.each<[unknown]>([[null], [undefined], [""], ["  "]])("%j says nothing", (told) => {
    expect(readInstant(told)).toBeNull()
  })
})

describe("finer than a millisecond: rounded down, and remarked", () => {
  it.each<[unknown, string]>([
    ["2021-09-14T15:49:12.1239+0900", "2021-09-14T06:49:12.123Z"],
    ["2021-09-14T15:49:12.000000001+0900", "2021-09-14T06:49:12.000Z"],
    ["1631602152123.9", "2021-09-14T06:49:12.123Z"],
    ["1631602151999.99999999999", "2021-09-14T06:49:11.999Z"],
    [1631602152123.5, "2021-09-14T06:49:12.123Z"],
    [{ epochSecond: 1631602152, nano: 123_999_999 }, "2021-09-14T06:49:12.123Z"],
    [{ epochSecond: -1, nano: 999_999_999 }, "1969-12-31T23:59:59.999Z"],
    [{ time: 1631602152123.5 }, "2021-09-14T06:49:12.123Z"],
  ])("%j", (told, iso) => {
    expect(readInstant(told)).toEqual(new Remark(at(iso), null))
  })

  it.each(["2021-09-14T15:49:12.1+0900", "2021-09-14T15:49:12.100000+0900"])("%s is not", (told) => {
    expect(readInstant(told)).toBe(seed + 100)
  })
})

it("remarks on fields of an object that it does not know", () => {
  // How json-lib prints a java.util.Date.
  const date = { date: 14, day: 2, hours: 15, month: 8, time: seed, timezoneOffset: -540, year: 121 }
  expect(readInstant(date)).toEqual(new Remark(seed, null))
  expect(readInstant({ epochSecond: seed / 1000, nano: 0, zone: "Asia/Seoul" })).toEqual(
    new Remark(seed, null),
  )
})

describe("not a time", () => {
  it.each<[unknown]>([
    ["2021-02-29T00:00:00Z"],
    ["2021-02-30T00:00:00Z"],
    ["1900-02-29T00:00:00Z"],
    ["2021-04-31T00:00:00Z"],
    ["2021-00-10T00:00:00Z"],
    ["2021-13-10T00:00:00Z"],
    ["2021-09-00T00:00:00Z"],
    ["2021-09-14T24:00:00Z"],
    ["2021-09-14T25:00:00Z"],
    ["2021-09-14T15:60:00Z"],
    ["2016-12-31T23:59:60Z"],
    ["2021-09-14T15:49:12+0960"],
    ["2021-09-14T15:49:12+1801"],
    ["2021-09-14T15:49:12+9"],
    ["2021-09-14T15:49:12.+0900"],
    ["2021-09-14T15:49:12KST"],
    ["2021-09-14"],
    ["2021-09-14T"],
    ["2021-09-14T15"],
    ["15:49:12"],
    ["14/09/2021 15:49:12"],
    ["+02021-09-14T15:49:12Z"],
    ["2021-9-14T15:49:12Z"],
    ["2021-0914T15:49:12Z"],
    ["20210914T15:49:12Z"],
    ["yesterday"],
    ["Infinity"],
    ["0x17be1b0a6c0"],
    [`2021-09-14T15:49:12.${"0".repeat(1000)}Z`],
    [true],
    [[seed]],
    [["2021-09-14T15:49:12Z"]],
    [{}],
    [{ time: {} }],
    [{ time: true }],
    [{ time: [] }],
    [{ nano: 5 }],
    [{ epochSecond: 1.5 }],
    [{ epochSecond: 1, nano: 1_000_000_000 }],
    [{ epochSecond: 1, nano: -1 }],
    [{ epochSecond: 1, nano: "" }],
    [{ seconds: 1631602152 }],
  ])("%j", (told) => {
    expect(readInstant(told)).toEqual(new Remark(null, "not a time"))
  })
})

describe("out of range", () => {
  it.each<[unknown]>([
    // Seconds: documented nowhere, and in 1970 if they were milliseconds.
    [1631602152],
    ["1631602152"],
    [1631602152.5],
    [99_999_999_999],
    [0],
    [-1631602152000],
    ["-1631602152000"],
    // Microseconds.
    [1631602152000000],
    ["1631602152000000"],
    [253402300800000],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    ["1e999999999"],
    ["1e-999999999"],
    ["0001-01-01T00:00:00+0900"],
    ["0000-12-31T23:59:59Z"],
    ["9999-12-31T23:59:59-0100"],
    [{ epochSecond: "9223372036854775807", nano: 0 }],
    [{ time: 5 }],
  ])("%j", (told) => {
    expect(readInstant(told)).toEqual(new Remark(null, "out of range"))
  })

  it.each<[unknown, number]>([
    ["0001-01-01T00:00:00Z", -62_135_596_800_000],
    ["9999-12-31T23:59:59.999Z", 253_402_300_799_999],
    [253_402_300_799_999, 253_402_300_799_999],
    [100_000_000_000, 100_000_000_000],
    ["100000000000", 100_000_000_000],
    [{ epochSecond: 0 }, 0],
    ["0099-03-01T00:00:00Z", -59_037_897_600_000],
  ])("%j is within", (told, ms) => {
    expect(readInstant(told)).toBe(ms)
  })
})

it("reads the documentation's own form as any other, whatever stands in it", () => {
  const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`))
  const near = fc.constantFrom("-", ":", "T", "+", "Z", " ", "0", "9", "/", "x")
  const form = fc
    .tuple(
      ...[
        fc.constantFrom("1900", "2000", "2021"),
        fc.nat(13),
        fc.nat(32),
        fc.nat(25),
        fc.nat(61),
        fc.nat(61),
      ],
      fc.constantFrom("+", "-"),
      fc.nat(19),
      fc.nat(61),
    )
    .map(([year, month, day, hour, minute, second, sign, hours, minutes]) => {
      const two = (value: number) => pad(value, 2)
      return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${sign}${two(hours)}${two(minutes)}`
    })
  let read = 0
  fc.assert(
    fc.property(form, fc.nat(23), fc.option(fc.oneof(near, digits(1))), (form, at, put) => {
      const text = put === null ? form : form.slice(0, at) + put + form.slice(at + 1)
      const otherForm = text.replace("T", "t")
      const instant = parseIsoInstant(text)
      expect(instant).toEqual(parseIsoInstant(otherForm))
      if (instant !== undefined) read++
    }),
    { numRuns: 3_000 },
  )
  expect(read).toBeGreaterThan(300)
})

it("agrees with the platform on every instant and offset", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -62_000_000_000_000, max: 253_402_300_799_999 - 86_400_000 }),
      fc.integer({ min: -18 * 60, max: 18 * 60 }),
      (ms, offset) => {
        const local = new Date(ms + offset * 60_000).toISOString().slice(0, -1)
        const magnitude = Math.abs(offset)
        const hours = String(Math.floor(magnitude / 60)).padStart(2, "0")
        const text = `${local}${offset < 0 ? "-" : "+"}${hours}:${String(magnitude % 60).padStart(2, "0")}`
        expect(parseIsoInstant(text)).toEqual({ ms, finer: false })
      },
    ),
  )
})

it("agrees with the platform on which dates exist", () => {
  fc.assert(
    fc.property(fc.nat(9999), fc.nat(13), fc.nat(32), (year, month, day) => {
      const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
      const exists = !Number.isNaN(Date.parse(date)) && new Date(date).toISOString().startsWith(date)
      expect(parseIsoInstant(`${date}T00:00Z`) !== undefined).toBe(exists)
    }),
    { numRuns: 2_000 },
  )
})
