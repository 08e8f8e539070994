import * as fc from "fast-check"
import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { AnswerUnreadable } from "./AnswerUnreadable.ts"
import type { StatusAnswer } from "./parseAnswer.ts"
import { parseAnswer } from "./parseAnswer.ts"
import { parseExactly } from "./parseExactly.ts"

const read = (body: string): StatusAnswer => Result.getOrThrow(parseAnswer(body))

const refuse = (body: string): AnswerUnreadable => {
  const result = parseAnswer(body)
  if (Result.isSuccess(result)) throw new Error("was read")
  return result.failure
}

const deep = (levels: number) =>
  `{"content":[${"[".repeat(levels)}9007199254740993${"]".repeat(levels)}],"total":1}`

/** The documentation's example as printed: with a comma behind the only row (API facts, C10). */
const seedBody = `{
  "content": [
    {
      "categoryId": 10019,
      "categoryName": "test2",
      "filePath": "SampleVideo_1280x720_5mb_auto_90fps_abr.mp4",
      "outputType": "auto_90fps_abr",
      "link": "https://kr.object.ncloudstorage.com/.../SampleVideo_1280x720_5mb_AVC_SD_1Pass_30fps.mp4",
      "outputTotalSize": 81040256,
      "lastWorkTime": "2021-09-14T15:49:12+0900",
      "status": "COMPLETE",
      "percent": 100
    },
  ],
  "total": 1
}
`

describe("bodies", () => {
  it("reads the documentation's example once its comma is gone", () => {
    const body = seedBody.replace("},\n  ]", "}\n  ]")
    const answer = read(body)
    expect(answer.total).toBe(1)
    expect(answer.parseRows()).toEqual(JSON.parse(body).content)
    expect(answer.rowText(0)).toBe(body.slice(body.indexOf("{", 5), body.indexOf("\n  ]")))
  })

  it("refuses it as printed, and says why", () => {
    const error = refuse(seedBody)
    expect(error).toBeInstanceOf(AnswerUnreadable)
    expect(error.reason).toBe(
      `it is no JSON: there is a comma before a closing bracket, at character ${seedBody.indexOf(",\n  ]") + 1}`,
    )
    expect(error.excerpt).toBe(seedBody.replaceAll(/\s+/g, " ").slice(0, 100))
    expect(error.message).toContain("cannot be read: it is no JSON: there is a comma")
  })

  it("is not fooled by commas and brackets inside of strings", () => {
    expect(refuse('{"a":"\\",]","content":[}').reason).toMatch(/^it is no JSON: .*Unexpected token '}'/)
  })

  it.each([
    ['{"content":[],"total":0}', 0],
    ['{"content":[],"total":"0"}', 0],
    ['{"content":[1],"total":"31"}', 31],
    ['{"content":[1],"total":" 31 "}', 31],
    ['{"content":[1],"total":31.0}', 31],
    ['{"content":[1],"total":3.1e1}', 31],
    ['\ufeff{"content":[1],"total":1}', 1],
    ['\ufeff {"content":null,"total":0}', 0],
    ['{"total":0}', 0],
    ['{"content":null,"total":"0"}', 0],
    ['{"content":[1],"total":9007199254740991}', 9007199254740991],
  ])("%j has the total %d", (body, total) => {
    expect(read(body).total).toBe(total)
  })

  it.each([
    ["", "it is empty"],
    [" \n", "it is empty"],
    ["\ufeff", "it is empty"],
    ["[]", "it is an array, not an object"],
    ["null", "it is null, not an object"],
    ['"OK"', 'it is the string "OK", not an object'],
    ["{}", "its total is absent, not a count"],
    ['{"content":[]}', "its total is absent, not a count"],
    ['{"content":[],"total":null}', "its total is null, not a count"],
    ['{"content":[],"total":-1}', "its total is the number -1, not a count"],
    ['{"content":[],"total":1.5}', "its total is the number 1.5, not a count"],
    ['{"content":[],"total":"many"}', 'its total is the string "many", not a count'],
    ['{"content":[],"total":{}}', "its total is an object, not a count"],
    ['{"content":[],"total":9007199254740993}', 'its total is the string "9007199254740993", not a count'],
    ['{"total":1}', "its content is absent, not an array"],
    ['{"content":null,"total":1}', "its content is null, not an array"],
    ['{"content":{"waiting":0},"total":0}', "its content is an object, not an array"],
    ['{"content":"","total":0}', 'its content is the string "", not an array'],
    ['{"__proto__":{"content":[1],"total":1}}', "its total is absent, not a count"],
  ])("%j is refused: %s", (body, reason) => {
    expect(refuse(body).reason).toBe(reason)
  })

  it("refuses what a proxy says, and shows its beginning on one line", () => {
    const error = refuse("<html>\r\n<head>\0\u001b[31m<title>502 Bad\tGateway</title>" + "x".repeat(1000))
    expect(error.reason).toMatch(/^it is no JSON: Unexpected token '<'/)
    expect(error.excerpt).toBe(
      ("<html> <head> [31m<title>502 Bad Gateway</title>" + "x".repeat(1000)).slice(0, 100),
    )
    expect(error.message).not.toMatch(/\p{Cc}/u)
  })

  it("refuses a body that was cut anywhere", () => {
    const body = '{"content":[{"categoryId":1,"filePath":"a\\"b"}],"total":10}'
    for (let length = 0; length < body.length; length++) {
      expect(Result.isFailure(parseAnswer(body.slice(0, length)))).toBe(true)
    }
    expect(read(body).total).toBe(10)
  })

  it("refuses, and does not throw, where exact reading runs out of stack", () => {
    expect(refuse(deep(100_000)).reason).toBe("it is nested too deeply")
    expect(JSON.stringify(read(deep(100)).parseRows()[0])).toBe(
      `${"[".repeat(100)}"9007199254740993"${"]".repeat(100)}`,
    )
  })

  it("throws for no text, and says why on one line", () => {
    const messages = fc.oneof(fc.string({ unit: "binary" }), fc.json()).map((body) => {
      const result = parseAnswer(body)
      return Result.isFailure(result) ? result.failure.message : ""
    })
    expect(fc.sample(messages, 200).filter((message) => /\p{Cc}/u.test(message))).toEqual([])
  })
})

describe("a body that is read piece by piece", () => {
  const rowOf = (id: number) => ({
    categoryId: id,
    filePath: `/뉴스/${'😀\\"],{'.repeat(id % 40)}/${id}.mp4`,
  })

  it("gives the rows that it would give as one text, and each row's own text", () => {
    const rows = Array.from({ length: 2_000 }, (_, id) => rowOf(id))
    const texts = rows.map((row) => JSON.stringify(row))
    const body = `{"content":[${texts.join(",")}],"total":2000}`
    expect(Buffer.byteLength(body)).toBeGreaterThan(500_000)
    const answer = read(body)
    expect(answer.parseRows()).toEqual(rows)
    expect(texts.every((text, index) => answer.rowText(index) === text)).toBe(true)
  })

  it("keeps a long number exact, whichever piece it stands in", () => {
    const rows = Array.from({ length: 2_000 }, (_, id) => JSON.stringify(rowOf(id)))
    for (const index of [0, 700, 1_999]) {
      const body = `{"content":[${rows.toSpliced(index, 1, '{"categoryId":9007199254740993}').join(",")}],"total":2000}`
      expect(read(body).parseRows()[index]).toEqual({ categoryId: "9007199254740993" })
      expect(read(body).parseRows()[index === 0 ? 1 : index - 1]).toEqual(rowOf(index === 0 ? 1 : index - 1))
    }
  })

  it.each([
    "01",
    "-",
    "-01",
    "1.",
    ".5",
    "1e",
    "1e+",
    "+1",
    "0x1",
    "tru",
    "nulll",
    "NaN",
    "'a'",
    '"',
    '"\t"',
    '"\\x"',
    '"\\u12g4"',
    "1 2",
    "",
  ])("refuses a row whose field is %j", (value) => {
    for (const row of [`{"size":${value}}`, `{"size": ${value} ,"a":1}`, `{"a":[${value || ","}]}`, value]) {
      expect(refuse(`{"content":[7,${row}],"total":2}`).reason).toMatch(/^it is no JSON/)
    }
  })

  it("is valid exactly where the whole is, however it was damaged", () => {
    const flatRow = fc.record({
      categoryId: fc.oneof(fc.nat(), fc.double({ noNaN: true, noDefaultInfinity: true })),
      filePath: fc.string({ unit: "binary", maxLength: 5 }),
      link: fc.constantFrom(null, true, false, "a\\b"),
    })
    const body = fc
      .array(fc.oneof(fc.jsonValue({ maxDepth: 2 }), flatRow), { maxLength: 4 })
      .map((content) => JSON.stringify({ a: [1, { b: "]" }], content, total: content.length }))
    const damage = fc.record({
      at: fc.nat(),
      removed: fc.nat(2),
      put: fc.oneof(
        fc.constantFrom(...'[]{},:"\\/ \n\t\u0001\u007f-+.01eEux', "", "tru", "nulL", "\\u00e", "\\x", "01"),
      ),
    })
    let valid = 0
    let invalid = 0
    fc.assert(
      fc.property(body, fc.array(damage, { maxLength: 2 }), (whole, damages) => {
        const text = damages.reduce((text, { at, removed, put }) => {
          const index = at % text.length
          return (text.slice(0, index) + put + text.slice(index + removed)).toWellFormed()
        }, whole)
        const expected = parsedWhole(text)
        const result = parseAnswer(text)
        const read = Result.isSuccess(result)
          ? { total: result.success.total, rows: result.success.parseRows() }
          : undefined
        expect(read).toEqual(expected)
        if (expected === undefined) invalid++
        else valid++
      }),
      { numRuns: 6_000 },
    )
    expect(valid).toBeGreaterThan(500)
    expect(invalid).toBeGreaterThan(500)
  })
})

/** What a body amounts to that is parsed as one text; undefined where it is refused. */
const parsedWhole = (text: string) => {
  try {
    const json: any = parseExactly(text)
    const told = typeof json === "object" && json !== null && !Array.isArray(json) ? json : {}
    const total = /^\s*\d+\s*$/.test(String(told.total)) ? Math.abs(Number(told.total)) : undefined
    const isCount = (typeof told.total === "number" || typeof told.total === "string") && total !== undefined
    const rows = Array.isArray(told.content)
      ? told.content
      : total === 0 && told.content == null
        ? []
        : undefined
    return isCount && rows !== undefined ? { total, rows } : undefined
  } catch {
    return undefined
  }
}
