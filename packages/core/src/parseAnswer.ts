/**
 * Reads the body of an answer of `GET /status` (API facts, 1.3): so many rows, and the total that the gateway counts. What
 * a row means is for `normalise` to say; bodies that hold an error are read elsewhere, before.
 */
import * as Predicate from "effect/Predicate"
import * as Result from "effect/Result"
import { AnswerUnreadable } from "./AnswerUnreadable.ts"
import type { Span } from "./contentSpans.ts"
import { contentSpans } from "./contentSpans.ts"
import { parseExactly } from "./parseExactly.ts"
import { readInteger } from "./readInteger.ts"

export interface StatusAnswer {
  /** How many rows the gateway counts in the window, over all pages. */
  readonly total: number
  /** The rows of this page, parsed; a number that a double does not hold is its text. */
  readonly rows: ReadonlyArray<unknown>
  /** The JSON text of `rows[index]`, exactly as it came. The body is searched once, when first asked. */
  readonly rowText: (index: number) => string
}

/** Reads a body. `total` may be a number or text (API facts, C9); a byte order mark before it is overlooked. */
export const parseAnswer = (body: string): Result.Result<StatusAnswer, AnswerUnreadable> => {
  const json = body.startsWith("\ufeff") ? body.slice(1) : body
  const refuse = (reason: string) =>
    Result.fail(
      new AnswerUnreadable({ reason, excerpt: oneLine(json.slice(0, 200)).slice(0, 100).toWellFormed() }),
    )

  let answer: unknown
  try {
    answer = parseExactly(json)
  } catch (error) {
    return refuse(syntaxReason(json, error))
  }
  if (!Predicate.isReadonlyObject(answer)) return refuse(`it is ${kindOf(answer)}, not an object`)
  const total = totalOf(answer["total"])
  if (total === undefined) return refuse(`its total is ${kindOf(answer["total"])}, not a count`)
  const content = answer["content"]
  if (Array.isArray(content)) return Result.succeed({ total, rows: content, rowText: rowTextOf(json) })
  if (total === 0 && (content === undefined || content === null)) {
    return Result.succeed({ total, rows: [], rowText: rowTextOf(json) })
  }
  return refuse(`its content is ${kindOf(content)}, not an array`)
}

const totalOf = (value: unknown): number | undefined => {
  const total = readInteger(value)
  return typeof total === "bigint" && total >= 0n && total <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(total)
    : undefined
}

const rowTextOf = (json: string): ((index: number) => string) => {
  let spans: ReadonlyArray<Span> | undefined
  return (index) => {
    spans ??= contentSpans(json)
    return json.slice(...spans[index]!)
  }
}

const kindOf = (value: unknown): string => {
  if (value === undefined) return "absent"
  if (value === null) return "null"
  if (Array.isArray(value)) return "an array"
  if (typeof value === "object") return "an object"
  return `the ${typeof value} ${oneLine(JSON.stringify(value).slice(0, 40))}`
}

const syntaxReason = (json: string, error: unknown): string => {
  if (json.trim() === "") return "it is empty"
  if (error instanceof RangeError) return "it is nested too deeply"
  const comma = strayComma(json)
  if (comma !== undefined)
    return `it is no JSON: there is a comma before a closing bracket, at character ${comma}`
  return `it is no JSON: ${oneLine(error instanceof Error ? error.message : String(error))}`
}

/** Where a comma stands before a closing bracket, as in the documentation's own example (API facts, C10); from 1. */
const strayComma = (json: string): number | undefined => {
  const closes = /\s*[\]}]/y
  let inString = false
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (character === '"') inString = !inString
    else if (inString && character === "\\") at++
    else if (!inString && character === ",") {
      closes.lastIndex = at + 1
      if (closes.test(json)) return at + 1
    }
  }
  return undefined
}

/** Without control characters and line ends, for a message. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim()
