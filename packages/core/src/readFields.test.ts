import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { keepJson } from "./keepJson.ts"
import { parseDecimal } from "./parseDecimal.ts"
import { readInteger, readSize } from "./readInteger.ts"
import { readLink } from "./readLink.ts"
import { readPercent } from "./readPercent.ts"
import { readStatus } from "./readStatus.ts"
import { readText } from "./readText.ts"
import { Remark } from "./Remark.ts"

const unreadable = (anomaly: string) => new Remark(null, anomaly)

const replaced = (text: string) => new Remark(text, "NUL or lone surrogate replaced")
const nested = (levels: number, inside = "") => "[".repeat(levels) + inside + "]".repeat(levels)

describe("integers", () => {
  it.each<[unknown, bigint]>([
    [0, 0n],
    [-0, 0n],
    [10019, 10019n],
    [-1, -1n],
    [1e3, 1000n],
    ["10019", 10019n],
    ["10019.0", 10019n],
    ["10019.", 10019n],
    [" 10019 ", 10019n],
    ["1e3", 1000n],
    ["1E+3", 1000n],
    ["10.019e3", 10019n],
    ["1001900e-2", 10019n],
    ["007", 7n],
    ["+7", 7n],
    ["-0.000", 0n],
    ["0e999999999", 0n],
    ["9007199254740993", 9007199254740993n],
    ["9.007199254740993e15", 9007199254740993n],
    ["9223372036854775807", 9223372036854775807n],
    ["-9223372036854775808", -9223372036854775808n],
    // A number this large stands for its shortest text, as in the answer, and not for its binary value ...984.
    [1152921504606847000, 1152921504606847000n],
    [1e18, 10n ** 18n],
  ])("%j is %d", (told, value) => {
    expect(readInteger(told)).toBe(value)
  })

  it.each<[unknown]>([
    ["ten"],
    ["1,000"],
    ["1 000"],
    ["0x10"],
    ["1e"],
    ["."],
    ["-"],
    ["1.5"],
    [1.5],
    ["1e-999999999"],
    ["--1"],
    ["१"],
    [true],
    [{}],
    [[]],
    [[1]],
    ["1".repeat(1001)],
  ])("%j is none", (told) => {
    expect(readInteger(told)).toEqual(unreadable("not an integer"))
  })

  it.each<[unknown]>([
    ["9223372036854775808"],
    ["-9223372036854775809"],
    ["1e19"],
    ["1e999999999"],
    ["-1e99999999999999999999999"],
    ["1".repeat(1000)],
    [1e300],
    [Number.POSITIVE_INFINITY],
    [Number.NaN],
  ])("%j is out of range", (told) => {
    expect(readInteger(told)).toEqual(unreadable("out of range"))
  })

  it("are none where nothing is said", () => {
    expect([null, undefined, "", " "].map(readInteger)).toEqual([null, null, null, null])
  })

  it("are exact wherever the point and the exponent stand", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
        fc.integer({ min: 0, max: 30 }),
        (value, shift) => {
          const digits = String(value < 0n ? -value : value).padStart(shift + 1, "0")
          const point = digits.length - shift
          const text = `${value < 0n ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}e${shift}`
          expect(readInteger(text)).toBe(value)
        },
      ),
    )
  })

  it("are not negative where they are sizes", () => {
    expect(readSize("81040256")).toBe(81040256n)
    expect(readSize(-0)).toBe(0n)
    expect(readSize(-1)).toEqual(unreadable("negative"))
    expect(readSize("big")).toEqual(unreadable("not an integer"))
  })
})

it("decimals have one form for each number", () => {
  expect(parseDecimal("-0012.3400e+5")).toEqual({ negative: true, digits: "1234", exponent: 3 })
  expect(parseDecimal("123400000e-2")).toEqual({ negative: false, digits: "1234", exponent: 3 })
  expect(parseDecimal("-0.0e7")).toEqual({ negative: false, digits: "", exponent: 0 })
  expect(parseDecimal(".5")).toEqual(parseDecimal("0.50"))
  expect(["", ".", "e5", "+", "1.2.3", " 1", "NaN"].map(parseDecimal)).toEqual(Array(7).fill(undefined))
})

describe("percent", () => {
  it.each<[unknown, number]>([
    [100, 100],
    [99.5, 99.5],
    ["100", 100],
    ["100%", 100],
    [" 99.5 % ", 99.5],
    ["1e2", 100],
    [-0, 0],
    ["-0%", 0],
    // Nothing promises the range.
    [250, 250],
    [-1, -1],
    ["99.99999999999999999", 100],
  ])("%j is %d", (told, value) => {
    expect(readPercent(told)).toBe(value)
  })

  it.each<[unknown]>([
    ["NaN"],
    ["Infinity"],
    ["half"],
    ["%"],
    ["50%%"],
    ["0x10"],
    ["99,5"],
    [true],
    [{}],
    [[50]],
  ])("%j is no number", (told) => {
    expect(readPercent(told)).toEqual(unreadable("not a number"))
  })

  it.each<[unknown]>([["1e999"], [Number.POSITIVE_INFINITY], [Number.NaN]])("%j is out of range", (told) => {
    expect(readPercent(told)).toEqual(unreadable("out of range"))
  })

  it("is none where nothing is said", () => {
    expect([null, undefined, "", " "].map(readPercent)).toEqual([null, null, null, null])
  })
})

describe("text", () => {
  it("is kept as it came", () => {
    expect(["", " a ", "한국어", "😀", "\uffff", "a\nb"].map(readText)).toEqual([
      "",
      " a ",
      "한국어",
      "😀",
      "\uffff",
      "a\nb",
    ])
  })

  it("is what a number or a Boolean says", () => {
    expect([3, 1.5, -0, 1e21, true, false].map(readText)).toEqual(["3", "1.5", "0", "1e+21", "true", "false"])
  })

  it("has U+FFFD for what Postgres refuses", () => {
    expect(readText("a\0b\0")).toEqual(replaced("a\ufffdb\ufffd"))
    expect(readText("\ud83dx")).toEqual(replaced("\ufffdx"))
    expect(readText("\0\ude00😀")).toEqual(replaced("\ufffd\ufffd😀"))
  })

  it("is not read from objects and arrays", () => {
    expect([{}, [], ["a"]].map(readText)).toEqual(Array(3).fill(unreadable("not text")))
    expect([null, undefined].map(readText)).toEqual([null, null])
  })
})

describe("status", () => {
  it("is upper-cased and trimmed", () => {
    expect(["COMPLETE", "canceled", " Waiting\t", "paused", "한국어a", "ıß"].map(readStatus)).toEqual([
      "COMPLETE",
      "CANCELED",
      "WAITING",
      "PAUSED",
      "한국어A",
      "ıß",
    ])
  })

  it("is none where nothing is said", () => {
    expect(["", " ", null, undefined].map(readStatus)).toEqual([null, null, null, null])
  })

  it("is read from text only", () => {
    expect([5, true, {}, []].map(readStatus)).toEqual(Array(4).fill(unreadable("not text")))
    expect(readStatus("\0done")).toEqual(new Remark("\ufffdDONE", "NUL or lone surrogate replaced"))
  })
})

describe("link", () => {
  it("is the URL as it came, unchecked", () => {
    const links = ["https://kr.object.ncloudstorage.com/.../a b.mp4", " x ", "/a", "truely", "no"]
    expect(links.map(readLink)).toEqual(links)
  })

  it("is none where there is none", () => {
    expect([false, null, "", "false", "False", undefined].map(readLink)).toEqual(Array(6).fill(null))
  })

  it("is none where it is withheld, with a remark that names nothing wrong", () => {
    const withheld = new Remark(null, null)
    expect([true, "true", "TRUE"].map(readLink)).toEqual([withheld, withheld, withheld])
  })

  it("is not read from anything else", () => {
    expect([1, {}, []].map(readLink)).toEqual(Array(3).fill(unreadable("neither text nor boolean")))
    expect(readLink("\0")).toEqual(new Remark("\ufffd", "NUL or lone surrogate replaced"))
  })
})

describe("JSON that is kept", () => {
  it("is kept as it is, down to 500 levels", () => {
    expect(keepJson(nested(500, " 1.0 "))).toBe(nested(500, " 1.0 "))
    expect(keepJson(nested(501))).toBe(JSON.stringify(nested(501)))
    const wide = `[${"[],{},".repeat(2_000)}0]`
    expect(keepJson(wide)).toBe(wide)
  })

  it("is not deep for the brackets in its strings", () => {
    const text = `["${"[{".repeat(2_000)}","\\\\","\\"[","${"[".repeat(600)}"]`
    expect(keepJson(text)).toBe(text)
  })
})
