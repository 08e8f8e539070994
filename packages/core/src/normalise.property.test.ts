import * as fc from "fast-check"
import * as Result from "effect/Result"
import { describe, expect, it } from "vitest"
import type { Encoding, Reject } from "./Encoding.ts"
import { answerOf, apiRow, facts, tellCurrent, tellMixed, tellOld } from "./apiRow.arbitrary.ts"
import { isStorable, isStorableReject } from "./isStorable.ts"
import { isReject, normalise } from "./normalise.ts"
import { parseAnswer } from "./parseAnswer.ts"

const cell = { from: 1_631_577_600_000, before: 1_631_664_000_000 }

/** Reads the JSON text of a row all the way from the answer it stands in. */
const read = (rowText: string): Encoding | Reject => {
  const answer = Result.getOrThrow(parseAnswer(answerOf([rowText])))
  return normalise(answer.parseRows()[0], () => answer.rowText(0), cell)
}

describe("whatever the API answers", () => {
  it("throws for no JSON value, and lets through only what can be stored", () => {
    let encodings = 0
    let rejects = 0
    fc.assert(
      fc.property(apiRow, (text) => {
        const result = read(text)
        if (isReject(result)) rejects++
        else encodings++
        expect(isReject(result) ? isStorableReject(result) : isStorable(result)).toBe(true)
      }),
      { numRuns: 3_000 },
    )
    expect(encodings).toBeGreaterThan(500)
    expect(rejects).toBeGreaterThan(100)
  })

  it("throws for no JSON value that was parsed plainly either", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (row) => {
        const result = normalise(row, () => JSON.stringify(row), cell)
        expect(isReject(result) ? isStorableReject(result) : isStorable(result)).toBe(true)
      }),
    )
  })

  it("reads the same facts as the same encoding, however they are told", () => {
    fc.assert(
      fc.property(
        facts.chain((told) => fc.tuple(fc.constant(told), tellMixed(told))),
        ([told, mixed]) => {
          const expected: Encoding = {
            ...told,
            requestedFrom: cell.from,
            requestedBefore: cell.before,
            anomalies: [],
            raw: null,
          }
          expect(read(tellCurrent(told))).toEqual(expected)
          expect(read(tellOld(told))).toEqual(expected)
          expect(read(mixed)).toEqual(expected)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it("reads a row the same whatever stands beside it on its page", () => {
    fc.assert(
      fc.property(fc.array(apiRow, { minLength: 1, maxLength: 6 }), (texts) => {
        const page = Result.getOrThrow(parseAnswer(answerOf(texts)))
        const together = page.parseRows().map((row, index) => normalise(row, () => page.rowText(index), cell))
        expect(together).toEqual(texts.map(read))
      }),
    )
  })

  it("reads what it has read before as the same again", () => {
    fc.assert(
      fc.property(apiRow, (text) => {
        const first = read(text)
        if (isReject(first)) return
        const again = read(
          JSON.stringify({
            ...first,
            categoryId: String(first.categoryId),
            outputTotalSize: first.outputTotalSize === null ? null : String(first.outputTotalSize),
            lastWorkTime: first.lastWorkTime === null ? null : new Date(first.lastWorkTime).toISOString(),
          }),
        )
        expect(again).toEqual({ ...first, anomalies: [], raw: expect.any(String) })
      }),
    )
  })
})
