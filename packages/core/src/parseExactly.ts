/**
 * `JSON.parse` for text whose numbers may be more than a double holds: such a number comes as its source text, which the
 * field readers understand just as well. A number that stays a number says the same as its shortest text (`String`).
 *
 * The text is only to be had from a reviver (ECMAScript's "JSON.parse source text access"), which makes parsing several
 * times slower. So it is for the few texts with a number that is long enough to be cut (`JsonScanner.ts`). Every other number
 * has at most 15 digits and is exact, so that a row comes out the same whichever way it was parsed.
 */
import { parseDecimal, sameDecimal } from "./parseDecimal.ts"

/** Parses JSON text; throws a `SyntaxError` as `JSON.parse` does, or a `RangeError` if it is nested too deeply. */
export const parseExactly = (json: string): unknown => JSON.parse(json, keepExact)

const keepExact = (_key: string, value: unknown, context?: { readonly source?: string }): unknown => {
  const source = context?.source
  if (typeof value !== "number" || source === undefined || String(value) === source) return value
  const said = parseDecimal(source)
  const held = parseDecimal(String(value))
  return said !== undefined && held !== undefined && sameDecimal(said, held) ? value : source
}
