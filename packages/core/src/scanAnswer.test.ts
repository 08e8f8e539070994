import * as fc from "fast-check"
import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { parseAnswer } from "./parseAnswer.ts"

const textsOf = (body: string): ReadonlyArray<string> => {
  const answer = Result.getOrThrow(parseAnswer(body))
  return answer.parseRows().map((_, index) => answer.rowText(index))
}

describe("the text of a row is cut from the body exactly as it came", () => {
  it.each<[string, ReadonlyArray<string>]>([
    ['{"total":0,"content":[]}', []],
    ['{"total":0,"content":[ \n\t\r ]}', []],
    ['{"content":[1],"total":1}', ["1"]],
    [' { "content" : [ 1 , 2 ] , "total" : 2 } ', ["1", "2"]],
    ['{"content":[true,false,null,-1.50E+3],"total":4}', ["true", "false", "null", "-1.50E+3"]],
    ['{"content":[{ "a" : 1.0 , "a" : 2 }],"total":1}', ['{ "a" : 1.0 , "a" : 2 }']],
    ['{"content":[[],[[]],{},{"a":[{}]}],"total":4}', ["[]", "[[]]", "{}", '{"a":[{}]}']],
    [
      '{"content":["a,b]","\\"]","\\\\","\\\\\\"}",""],"total":5}',
      ['"a,b]"', '"\\"]"', '"\\\\"', '"\\\\\\"}"', '""'],
    ],
    // The last of equal keys counts, however it is written.
    ['{"content":[1,2],"total":1,"content":[3]}', ["3"]],
    ['{"content":[1,2],"conten\\u0074":[3],"total":1}', ["3"]],
    ['{"\\u0063ontent":[3],"total":1}', ["3"]],
    ['{"content":{"content":[9]},"total":1,"content":[3]}', ["3"]],
    // Only the top level's `content` counts.
    ['{"a":{"content":[1]},"content":[2],"b":[{"content":[3]}],"total":1}', ["2"]],
    ['{"a":"\\"content\\":[1]","content":[2],"total":1}', ["2"]],
    ['{"\\\\content":[1],"content\\\\":[1],"content":[2],"Content":[1],"total":1}', ["2"]],
    ['{"":[1],"content":[2],"total":1,"z":-1}', ["2"]],
    ['\ufeff{"content":[2],"total":1}', ["2"]],
    ['{"content":["\u2028한😀"],"total":1}', ['"\u2028한😀"']],
    ['{"content":null,"total":0}', []],
    ['{"total":0}', []],
  ])("%j", (body, texts) => {
    expect(textsOf(body)).toEqual(texts)
  })

  it("does so for any rows, however they are printed", () => {
    const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t"), maxLength: 3 })
    const printed = fc.tuple(
      fc.array(fc.jsonValue({ stringUnit: "binary", maxDepth: 3 }), { maxLength: 6 }),
      fc.infiniteStream(space),
      fc.infiniteStream(fc.boolean()),
    )
    let rowsSeen = 0
    fc.assert(
      fc.property(printed, fc.jsonValue(), fc.boolean(), ([rows, spaces, escapes], other, before) => {
        const style: Style = { space: () => spaces.next().value, escape: () => escapes.next().value }
        const texts = rows.map((row) => print(row, style))
        const content = `${print("content", style)}${style.space()}:${style.space()}[${style.space()}${texts.join(`${style.space()},${style.space()}`)}${style.space()}]`
        const noise = `${print("other", style)}:${print({ content: [other] }, style)}`
        const members = before ? [noise, content] : [content, noise]
        const body = `${style.space()}{${style.space()}${members.join(`${style.space()},`)},"total"${style.space()}:1}${style.space()}`
        expect(textsOf(body)).toEqual(texts)
        expect(texts.map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(rows)))
        rowsSeen += rows.length
      }),
      { numRuns: 200 },
    )
    expect(rowsSeen).toBeGreaterThan(200)
  })
})

interface Style {
  readonly space: () => string
  readonly escape: () => boolean
}

/** Prints JSON with spaces and escapes where the style says. */
const print = (value: unknown, style: Style): string => {
  if (typeof value === "string") {
    return `"${Array.from({ length: value.length }, (_, index) => printUnit(value, index, style)).join("")}"`
  }
  const list = (items: ReadonlyArray<string>) =>
    style.space() + items.join(`${style.space()},${style.space()}`) + style.space()
  if (Array.isArray(value)) return `[${list(value.map((item) => print(item, style)))}]`
  if (typeof value === "object" && value !== null) {
    const member = ([key, item]: [string, unknown]) =>
      `${print(key, style)}${style.space()}:${style.space()}${print(item, style)}`
    return `{${list(Object.entries(value).map(member))}}`
  }
  return JSON.stringify(value)
}

const printUnit = (text: string, index: number, style: Style): string => {
  const unit = text[index]!
  const mustEscape = unit < " " || unit === '"' || unit === "\\" || !unit.isWellFormed()
  if (!mustEscape && !style.escape()) return unit
  const short = JSON.stringify(unit).slice(1, -1)
  return short.length === 2 && style.escape()
    ? short
    : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`
}
