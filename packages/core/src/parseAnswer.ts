/**
 * Reads the body of an answer of `GET /status` (API facts, 1.3): so many rows, and the total that the gateway counts. What
 * a row means is for `normalise` to say; bodies that hold an error are read elsewhere, before.
 */
import * as Result from "effect/Result"
import { AnswerUnreadable } from "./AnswerUnreadable.ts"
import type { Span } from "./answerSpans.ts"
import { fieldSpans } from "./answerSpans.ts"
import { parseExactly } from "./parseExactly.ts"
import { readInteger } from "./readInteger.ts"

export interface StatusAnswer {
  /** How many rows the gateway counts in the window, over all pages. */
  readonly total: number
  /** The rows of this page, parsed; a number that a double does not hold is its text. */
  readonly rows: ReadonlyArray<unknown>
  /** The JSON text of `rows[index]`, exactly as it came. Holds on to the body. */
  readonly rowText: (index: number) => string
}

/**
 * Reads a body, as its bytes in UTF-8 or as text. `total` may be a number or text (API facts, C9); a byte order mark before
 * it is overlooked.
 */
export const parseAnswer = (body: Uint8Array | string): Result.Result<StatusAnswer, AnswerUnreadable> => {
  const json = withoutMark(
    typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  )
  const refuse = (reason: string) =>
    Result.fail(
      new AnswerUnreadable({
        reason,
        excerpt: oneLine(json.toString("utf8", 0, 800).slice(0, 200))
          .slice(0, 100)
          .toWellFormed(),
      }),
    )

  let answer: ParsedFields | undefined
  try {
    answer = parseFields(json)
    if (answer === undefined) return refuse(`it is ${kindOf(JSON.parse(json.toString()))}, not an object`)
  } catch (error) {
    return refuse(syntaxReason(json.toString(), error))
  }
  const total = totalOf(answer.total)
  if (total === undefined) return refuse(`its total is ${kindOf(answer.total)}, not a count`)
  const { content, rows } = answer
  if (rows !== undefined && Array.isArray(content)) {
    return Result.succeed({ total, rows: content, rowText: (index) => textOf(json, rows[index]!) })
  }
  if (total === 0 && (content === undefined || content === null)) {
    return Result.succeed({ total, rows: [], rowText: () => "" })
  }
  return refuse(`its content is ${kindOf(content)}, not an array`)
}

const withoutMark = (body: Buffer): Buffer =>
  body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body

interface ParsedFields {
  total?: unknown
  content?: unknown
  rows?: ReadonlyArray<Span> | undefined
}

/** What counts of the fields of a JSON object: of two with the same name the last one. All of them must be valid. */
const parseFields = (json: Buffer): ParsedFields | undefined => {
  const fields = fieldSpans(json)
  if (fields === undefined) return undefined
  const answer: ParsedFields = {}
  for (const { name, value, elements } of fields) {
    const parsed = elements === undefined ? parse(json, value) : parseElements(json, elements)
    switch (JSON.parse(textOf(json, name))) {
      case "total":
        answer.total = parsed
        break
      case "content":
        answer.content = parsed
        answer.rows = elements
        break
      default:
    }
  }
  return answer
}

/** Larger pieces are no cheaper, and from some 100 kB on V8 gives a text memory of its own. */
const pieceBytes = 16_384

const parseElements = (json: Buffer, elements: ReadonlyArray<Span>): ReadonlyArray<unknown> => {
  const parsed: Array<unknown> = []
  for (let first = 0; first < elements.length;) {
    const { start } = elements[first]!
    let { end, longNumber } = elements[first++]!
    for (; first < elements.length && elements[first]!.end - start <= pieceBytes; first++) {
      end = elements[first]!.end
      longNumber ||= elements[first]!.longNumber
    }
    const text = `[${json.toString("utf8", start, end)}]`
    parsed.push(...(longNumber ? parseExactly(text) : JSON.parse(text)))
  }
  return parsed
}

const parse = (json: Buffer, span: Span): unknown =>
  span.longNumber ? parseExactly(textOf(json, span)) : JSON.parse(textOf(json, span))

const textOf = (json: Buffer, { start, end }: Span): string => json.toString("utf8", start, end)

const totalOf = (value: unknown): number | undefined => {
  const total = readInteger(value)
  return typeof total === "bigint" && total >= 0n && total <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(total)
    : undefined
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
