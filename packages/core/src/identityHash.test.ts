import * as fc from "fast-check"
import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import { answerOf, apiRow, facts, storableText, tellCurrent, tellMixed, tellOld } from "./apiRow.arbitrary.ts"
import { identityHash } from "./identityHash.ts"
import { isReject, normalise } from "./normalise.ts"
import { parseAnswer } from "./parseAnswer.ts"

const cell = { from: 0, before: 1 }

/** What a page tells of who its rows are before they are made, and who they turn out to be; undefined for rejects. */
const bothOf = (texts: ReadonlyArray<string>) => {
  const answer = Result.getOrThrow(parseAnswer(answerOf(texts)))
  const made = answer.parseRows().map((row, index) => {
    const read = normalise(row, () => answer.rowText(index), cell)
    return isReject(read) ? undefined : identityHash(read)
  })
  return { told: answer.identities, made }
}

const row = (fields: string) => `{"categoryId":7,"outputType":"HD","filePath":${fields}}`

describe("who a row is", () => {
  it.each([
    ["as documented", row('"/뉴스/0912.mp4"')],
    ["with spaces between", '{ "categoryId" : 7 ,\n"outputType" : "HD", "filePath"\t: "/a" }'],
    ["with escapes in its text", row('"/\\"a\\" \\ub274\\uc2a4 \\ud83d\\ude00"')],
    ["with no path yet", row("null")],
    ["without a path", '{"categoryId":7,"outputType":"HD"}'],
    ["with an empty path", row('""')],
    ["with a number for its output type", '{"categoryId":7,"outputType":1080,"filePath":"/a"}'],
    ["with text for its category", '{"categoryId":"7","outputType":"HD","filePath":"/a"}'],
    ["with fields that are lists and objects", row('"/a","link":[1,{"filePath":"/b"}],"time":{"nano":1}')],
    ["with a field told twice, of which the last one counts", row('"/a","filePath":"/b"')],
    ["with names that begin like those that count", row('"/a","filePaths":"/b","Filepath":"/c"')],
  ])("%s is told by its bytes alone", (_, text) => {
    const { told, made } = bothOf([text])
    expect([...told!]).toEqual(made)
    expect(made).not.toEqual([undefined])
  })

  it.each([
    ["a category that is not written as it would be again", '{"categoryId":" 7","filePath":"/a"}'],
    ["a category with zeros before it", '{"categoryId":"007","filePath":"/a"}'],
    ["a category with a fraction", '{"categoryId":7.0,"filePath":"/a"}'],
    ["a negative category", '{"categoryId":-7,"filePath":"/a"}'],
    ["a category beyond what a double holds", '{"categoryId":9007199254740993,"filePath":"/a"}'],
    ["a path that cannot be stored as it is", row('"/\\u0000"')],
    ["half of a character", row('"/\\ud83d"')],
    ["a path that is true", row("true")],
    ["a path that is a number with an exponent", row("1e3")],
    ["a name that is written with escapes", '{"categoryId":7,"filePat\\u0068":"/a"}'],
    ["no category", '{"filePath":"/a"}'],
    ["no object", "7"],
    ["a path longer than an identity may be", row(`"${"a".repeat(2_001)}"`)],
  ])("%s is only told by what is made of the row", (_, text) => {
    expect(bothOf([row('"/b"'), text]).told).toBeUndefined()
  })

  it("is not told by bytes that are no UTF-8: several of them become the same text", () => {
    const [before, after] = answerOf([row('"/?"')]).split("?")
    const answer = parseAnswer(Buffer.concat([Buffer.from(before!), Buffer.of(0xff), Buffer.from(after!)]))
    expect(Result.getOrThrow(answer).identities).toBeUndefined()
  })

  it("is told before the row is made as it is after, if it is, for whatever the API answers", () => {
    const told = facts
      .map((facts) => ({ ...facts, categoryId: facts.categoryId % 100_000n }))
      .chain((facts) => fc.oneof(fc.constantFrom(tellCurrent(facts), tellOld(facts)), tellMixed(facts)))
    let rows = 0
    fc.assert(
      fc.property(fc.array(fc.oneof(told, apiRow), { maxLength: 3 }), (texts) => {
        const { told, made } = bothOf(texts)
        if (told === undefined) return
        rows += made.length
        expect([...told]).toEqual(made)
      }),
      { numRuns: 3_000 },
    )
    expect(rows).toBeGreaterThan(500)
  })

  it("differs where one of its three parts does, and where text stands in another of them", () => {
    const identity = fc.record({
      categoryId: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
      filePath: storableText,
      outputType: storableText,
    })
    fc.assert(
      fc.property(identity, identity, fc.nat(40), (a, b, at) => {
        const moved = {
          ...a,
          filePath: a.filePath + a.outputType.slice(0, at),
          outputType: a.outputType.slice(at),
        }
        for (const other of [b, { ...a, filePath: b.filePath }, { ...a, outputType: b.outputType }, moved]) {
          const isSame =
            other.categoryId === a.categoryId &&
            other.filePath === a.filePath &&
            other.outputType === a.outputType
          expect(identityHash(other) === identityHash(a)).toBe(isSame)
        }
      }),
    )
  })

  it("is one number of 53 bits for each of a million files of a series", () => {
    const seen = new Set<number>()
    for (let file = 0; file < 250_000; file++) {
      for (const outputType of ["1080", "720", "AVC_SD_1", "AVC_SD_2"]) {
        const hash = identityHash({ categoryId: 10_019n, filePath: `/news/${file}.mp4`, outputType })
        if (!Number.isSafeInteger(hash) || hash < 0) throw new Error(`${hash} is none`)
        seen.add(hash)
      }
    }
    expect(seen.size).toBe(1_000_000)
  })
})
