/**
 * Decimal numbers taken apart as text. The API documents Longs, which a JavaScript number holds exactly only up to 2^53,
 * and may write any number as text; what is exact in the answer stays exact here.
 *
 * Nothing here grows with the exponent: `1e999999999` is ten characters of work.
 */
export interface Decimal {
  readonly negative: boolean
  /** Without leading and trailing zeros; empty for zero. The value is ± `digits` × 10 ^ `exponent`. */
  readonly digits: string
  /** Zero for zero; may be ± Infinity. */
  readonly exponent: number
}

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/
const zero = 48
/** No sensible number is longer, and a regular expression's memory grows with what it matches. */
const maxLength = 1_000

/** Reads a number as JSON writes it, and as people do (`+1`, `1.`, `.5`, `007`); undefined for what is none. No spaces. */
export const parseDecimal = (text: string): Decimal | undefined => {
  const match = text.length > maxLength ? null : pattern.exec(text)
  if (match === null) return undefined
  const fraction = match[3] ?? ""
  const all = match[2]! + fraction
  if (all === "") return undefined

  let start = 0
  while (start < all.length && all.charCodeAt(start) === zero) start++
  if (start === all.length) return { negative: false, digits: "", exponent: 0 }
  let end = all.length
  while (all.charCodeAt(end - 1) === zero) end--
  return {
    negative: match[1] === "-",
    digits: all.slice(start, end),
    exponent: Number(match[4] ?? 0) - fraction.length + (all.length - end),
  }
}

/** Whether two decimals are the same number. */
export const sameDecimal = (a: Decimal, b: Decimal): boolean =>
  a.digits === b.digits && a.exponent === b.exponent && a.negative === b.negative
