/** Statistics in every shape that some edition of the documentation gives them (API facts, 2.2). */
import { Result } from "effect"
import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { parseStatistic } from "./parseStatistic.ts"

const count = fc.oneof(fc.nat(1_000), fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER))
const counts = fc.record({
  waiting: count,
  running: count,
  complete: count,
  failure: count,
  canceled: count,
})
const names = ["waiting", "running", "complete", "failure", "canceled"] as const

describe("the statistics of a window", () => {
  it("are read from the documentation's own example", () => {
    const body = `{ "content": { "waiting": 0, "running": 0, "complete": 24, "failure": 15, "canceled": 0 } }`
    expect(Result.getOrThrow(parseStatistic(body))).toEqual({
      waiting: 0,
      running: 0,
      complete: 24,
      failure: 15,
      canceled: 0,
    })
  })

  it("are the same as an object or an array of one, each count a number or text, among fields that we do not know", () => {
    fc.assert(
      fc.property(
        counts,
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        fc.boolean(),
        fc.boolean(),
        fc.boolean(),
        (told, asText, inArray, withOthers, withMark) => {
          const content = Object.fromEntries(
            names.map((name, index) => [name, asText[index] === true ? String(told[name]) : told[name]]),
          )
          const whole = withOthers ? { ...content, paused: "3" } : content
          const body = JSON.stringify({ content: inArray ? [whole] : whole, total: 1 })
          expect(Result.getOrThrow(parseStatistic(withMark ? `\ufeff${body}` : body))).toEqual(told)
        },
      ),
    )
  })

  it.each(names)("lack nothing: without a count of %s they are unreadable", (name) => {
    fc.assert(
      fc.property(
        counts,
        fc.constantFrom(undefined, null, "", "many", -1, "-1", 1.5, true, [], {}, 2 ** 53),
        (told, value) => {
          const read = parseStatistic(JSON.stringify({ content: { ...told, [name]: value } }))
          expect(Result.isFailure(read) && read.failure.message).toContain(`its ${name} is not a count`)
        },
      ),
    )
  })

  it.each([
    "",
    "null",
    "[]",
    "{}",
    "<html>log in</html>",
    `{"content":null}`,
    `{"content":[]}`,
    `{"content":[{},{}]}`,
    `{"content":[[]]}`,
    `{"waiting":0,"running":0,"complete":0,"failure":0,"canceled":0}`,
  ])("are not made up from %s", (body) => {
    const read = parseStatistic(body)
    expect(Result.isFailure(read) && read.failure._tag).toBe("AnswerUnreadable")
  })

  it("never throw, whatever comes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        expect(() => parseStatistic(body)).not.toThrow()
      }),
    )
  })
})
