/**
 * `JSON.parse` for answers whose numbers may be more than a double holds: such a number comes as its source text, which the
 * field readers understand just as well. A number that stays a number says the same as its shortest text (`String`).
 *
 * The text is only to be had from a reviver (ECMAScript's "JSON.parse source text access"), which makes parsing several
 * times slower. So a page is parsed plainly unless it holds a number that is long enough to be cut: 16 characters, or an
 * exponent of three digits. Every other number has at most 15 digits and is exact, so that a row comes out the same
 * whichever way its page was parsed.
 */
import { parseDecimal, sameDecimal } from "./parseDecimal.ts"

/** Parses JSON text; throws a `SyntaxError` as `JSON.parse` does, or a `RangeError` if it is nested too deeply. */
export const parseExactly = (json: string): unknown =>
  manyDigits.test(json) || longExponent.test(json) ? JSON.parse(json, keepExact) : JSON.parse(json)

// What stands before a number is never a letter or a quote: digits inside of file names do not count. The look-behind
// stands last, so that it is tried only where the rest has matched.
const manyDigits = /[:[,\s]-?[\d.]{16}/
const longExponent = /\d[eE][+-]?\d{3}(?<=[:[,\s]-?[\d.]+[eE][+-]?\d{3})/

const keepExact = (_key: string, value: unknown, context?: { readonly source?: string }): unknown => {
  const source = context?.source
  if (typeof value !== "number" || source === undefined || String(value) === source) return value
  const said = parseDecimal(source)
  const held = parseDecimal(String(value))
  return said !== undefined && held !== undefined && sameDecimal(said, held) ? value : source
}
