/**
 * Reads text. Postgres refuses NUL, and no encoding of text holds half of a surrogate pair; JSON can say both
 * (`"\u0000"`, `"\ud83d"`).
 */
import type { FieldRead } from "./Remark.ts"
import { Remark, unreadable } from "./Remark.ts"

const notText = unreadable("not text")
const replaced = "NUL or lone surrogate replaced"

/**
 * Text that can be stored, as it came; numbers and booleans are the text that says them (API facts, C4: `outputType` was
 * documented as an Integer). NUL and lone surrogates become U+FFFD.
 */
export const readText = (value: unknown): FieldRead<string> => {
  if (typeof value === "string") {
    return value.isWellFormed() && !value.includes("\0")
      ? value
      : new Remark(value.toWellFormed().replaceAll("\0", "\ufffd"), replaced)
  }
  if (value === null || value === undefined) return null
  return typeof value === "number" || typeof value === "boolean" ? String(value) : notText
}
