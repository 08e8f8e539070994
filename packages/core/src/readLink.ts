/**
 * Reads the link to an output file. It was once documented as a Boolean, whether there is one, and its examples are URLs
 * (API facts, C5).
 */
import { readText } from "./readText.ts"
import type { FieldRead } from "./Remark.ts"
import { Remark, unreadable } from "./Remark.ts"

const notALink = unreadable("neither text nor boolean")
/** There is a link, and we are not told which: no column says that, so that the row's text is kept. */
const withheld = new Remark<never>(null, null)

/**
 * The URL as it came, unchecked. False, null and empty are null; so is true, with a `Remark`. `"true"` and `"false"`, in
 * any case, are the Booleans of an API that writes everything as text.
 */
export const readLink = (value: unknown): FieldRead<string> => {
  if (typeof value === "string") {
    const word = value.length > 5 ? value : value.toLowerCase()
    if (word === "" || word === "false") return null
    return word === "true" ? withheld : readText(value)
  }
  if (value === null || value === undefined || value === false) return null
  return value === true ? withheld : notALink
}
