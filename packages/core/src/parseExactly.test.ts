import * as fc from "fast-check"
import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import type { StatusAnswer } from "./parseAnswer.ts"
import { parseAnswer } from "./parseAnswer.ts"

const read = (body: string): StatusAnswer => Result.getOrThrow(parseAnswer(body))

const first = (source: string) => read(`{"content":[ ${source}],"total":1}`).parseRows()[0]

describe("numbers", () => {
  it.each([
    "9007199254740993",
    "-9007199254740993",
    "9223372036854775807",
    "1234567890123456789",
    "9.007199254740993e15",
    "9007199254740993.0",
    "10019.00000000000000001",
    "1e400",
    "1E+400",
    "-1e-400",
    "1e0400",
    "1e999999999",
    "0.1000000000000000000001",
    "99.99999999999999999",
  ])("%s comes as its text, for no double says the same", (source) => {
    expect(first(source)).toBe(source)
  })

  it.each([
    "0",
    "-0",
    "100",
    "0.1",
    "1.0",
    "1e3",
    "9007199254740992",
    "9007199254740991.000",
    "0.30000000000000004",
    "1000000000000000000000",
    "33.29999923706055",
    "1e0003",
    "5e-324",
    "1.7976931348623157e308",
  ])("%s comes as a number", (source) => {
    expect(first(source)).toBe(Number(source))
  })

  it("leaves text alone, however much it looks like a number", () => {
    const text = '{"content":["9007199254740993"," 9007199254740993"],"total":1}'
    expect(read(text).parseRows()).toEqual(["9007199254740993", " 9007199254740993"])
    expect(first('"9007199254740993"')).toBe("9007199254740993")
  })

  it("finds long numbers wherever they stand", () => {
    expect(
      read('{"content":[9007199254740993,{"a":9007199254740993},[-9007199254740993]],"total":1}').parseRows(),
    ).toEqual(["9007199254740993", { a: "9007199254740993" }, ["-9007199254740993"]])
    expect(read('{"content":[{"a"\t:\n9007199254740993}],"total":1}').parseRows()).toEqual([
      { a: "9007199254740993" },
    ])
  })

  it("keeps every number exact, as itself or as its text", () => {
    const source = fc
      .tuple(
        fc.constantFrom("", "-"),
        fc.bigInt({ min: 0n, max: 10n ** 22n }).map(String),
        fc.stringMatching(/^(\.[0-9]{1,20})?$/),
        fc.stringMatching(/^([eE][+-]?[0-9]{1,2})?$/),
      )
      .map((parts) => parts.join(""))
    fc.assert(
      fc.property(source, (source) => {
        const value = first(source)
        expect(scaled(String(value))).toBe(scaled(source))
      }),
      { numRuns: 2_000 },
    )
  })
})

/** The number times 10^150, exactly. */
const scaled = (source: string): bigint => {
  const [, sign, whole, fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(
    source,
  )!
  const magnitude = BigInt(whole! + fraction) * 10n ** BigInt(150 + Number(exponent) - fraction.length)
  return sign === "-" ? -magnitude : magnitude
}
