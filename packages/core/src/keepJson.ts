/**
 * Makes sure that a row's JSON text can be kept in a `json` column of Postgres. JSON that could be parsed here is JSON
 * there too, but for one thing: Postgres reads it by recursion, and refuses what is nested some thousand levels deep.
 */
import { endOfString } from "./endOfString.ts"

const maxDepth = 500

/** The text itself; nested deeper than 500 levels, which no real row is, the text as one JSON string. */
export const keepJson = (text: string): string => (isDeep(text) ? JSON.stringify(text) : text.toWellFormed())

const isDeep = (text: string): boolean => {
  // Too short to be: the ordinary case is done with here.
  if (text.length <= 2 * maxDepth) return false
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 0x22: // "
        index = endOfString(text, index) - 1
        break
      case 0x5b: // [
      case 0x7b: // {
        if (++depth > maxDepth) return true
        break
      case 0x5d: // ]
      case 0x7d: // }
        depth--
        break
    }
  }
  return false
}
