/**
 * Reads the body of an answer of `GET /status` (API facts, 1.3): so many rows, and the total that the gateway counts. What
 * a row means is for `normalise` to say; bodies that hold an error are read elsewhere, before.
 */
import * as Result from "effect/Result"
import { AnswerUnreadable } from "./AnswerUnreadable.ts"
import { parseExactly } from "./parseExactly.ts"
import { readInteger } from "./readInteger.ts"
import type { ScannedRows } from "./ScannedRows.ts"
import type { ScannedAnswer, Span } from "./scanAnswer.ts"
import { scanAnswer } from "./scanAnswer.ts"

export interface StatusAnswer {
  /** How many rows the gateway counts in the window, over all pages. */
  readonly total: number
  /** How many rows this page holds. */
  readonly rowCount: number
  /** `identityHash` of each row, in order; undefined where not every row tells it as it stands, and has to be read for it. */
  readonly identities: Float64Array | undefined
  /** Parses the rows of this page, in order; a number that a double does not hold is its text. */
  readonly parseRows: () => ReadonlyArray<unknown>
  /** The JSON text of row `index`, exactly as it came. */
  readonly rowText: (index: number) => string
}

/**
 * Reads a body, as its bytes in UTF-8 or as text, which the answer holds on to. It is judged as a whole, but no row is made yet:
 * rows that have to wait for others are held as bytes, which cost the collector of garbage nothing. `total` may be a number or
 * text (API facts, C9); a byte order mark before it is overlooked.
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

  let answer: ScannedAnswer | undefined
  try {
    answer = scanAnswer(json)
    if (answer === undefined) return refuse(`it is ${kindOf(JSON.parse(json.toString()))}, not an object`)
  } catch (error) {
    return refuse(syntaxReason(json.toString(), error))
  }
  const { rows } = answer
  const told = parse(json, answer.total)
  const total = totalOf(told)
  if (total === undefined) return refuse(`its total is ${kindOf(told)}, not a count`)
  if (rows !== undefined) {
    return Result.succeed({
      total,
      rowCount: rows.count,
      identities: rows.identities,
      parseRows: () => parseRows(json, rows),
      rowText: (index) => json.toString("utf8", rows.starts[index], rows.ends[index]),
    })
  }
  const content = parse(json, answer.content)
  return total === 0 && (content === undefined || content === null)
    ? Result.succeed({ total, rowCount: 0, identities: undefined, parseRows: () => [], rowText: () => "" })
    : refuse(`its content is ${kindOf(content)}, not an array`)
}

const withoutMark = (body: Buffer): Buffer =>
  body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf ? body.subarray(3) : body

/**
 * A page is never made one large text: from some 100 kB on V8 gives a text memory of its own, which on a virtual machine can
 * cost ten times what reading it does. Smaller pieces than these are no cheaper.
 */
const pieceBytes = 16_384

const parseRows = (json: Buffer, rows: ScannedRows): ReadonlyArray<unknown> => {
  const parsed: Array<unknown> = []
  for (let row = 0; row < rows.count;) {
    const start = rows.starts[row]!
    let longNumber = false
    let end = start
    for (; row < rows.count && (end === start || rows.ends[row]! - start <= pieceBytes); row++) {
      end = rows.ends[row]!
      longNumber ||= rows.longNumbers[row] === 1
    }
    const text = `[${json.toString("utf8", start, end)}]`
    parsed.push(...(longNumber ? parseExactly(text) : JSON.parse(text)))
  }
  return parsed
}

const parse = (json: Buffer, span: Span | undefined): unknown => {
  if (span === undefined) return undefined
  const text = json.toString("utf8", span.start, span.end)
  return span.longNumber ? parseExactly(text) : JSON.parse(text)
}

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
