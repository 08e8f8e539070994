/**
 * Finds the rows in the text of an answer, so that a row can be kept exactly as it came: `JSON.parse` gives no positions,
 * and printing a parsed row again changes its numbers, escapes and double keys.
 *
 * It knows the text to be valid JSON, since `JSON.parse` has read it, and so only has to count brackets. It is no
 * recursion, for an answer may be nested as deeply as it likes.
 */
import { endOfString } from "./endOfString.ts"

/** Where an element begins, and the index behind its end. */
export type Span = readonly [start: number, end: number]

/**
 * The elements of the array `content` of the object that `json` is; none where there is no such array. Of two keys of the
 * same name the last one counts, as for `JSON.parse`.
 *
 * @param json valid JSON text of an object
 */
export const contentSpans = (json: string): ReadonlyArray<Span> => {
  let spans: ReadonlyArray<Span> = []
  let at = skipSpace(json, skipSpace(json, 0) + 1)
  while (json.charCodeAt(at) === quote) {
    const endOfKey = endOfString(json, at)
    const isContent = isContentKey(json.slice(at, endOfKey))
    const value = skipSpace(json, skipSpace(json, endOfKey) + 1)
    const endOfValue = skipValue(json, value)
    if (isContent) spans = json.charCodeAt(value) === openArray ? elementSpans(json, value) : []
    // Behind the comma is the next key; behind the object's end there is no quote.
    at = skipSpace(json, skipSpace(json, endOfValue) + 1)
  }
  return spans
}

const quote = 0x22
const openArray = 0x5b
const closeArray = 0x5d

const isContentKey = (key: string): boolean =>
  key === '"content"' || (key.includes("\\") && JSON.parse(key) === "content")

const elementSpans = (json: string, array: number): ReadonlyArray<Span> => {
  const spans: Array<Span> = []
  let at = skipSpace(json, array + 1)
  while (json.charCodeAt(at) !== closeArray) {
    const end = skipValue(json, at)
    spans.push([at, end])
    at = skipSpace(json, end)
    if (json.charCodeAt(at) !== closeArray) at = skipSpace(json, at + 1)
  }
  return spans
}

const skipSpace = (json: string, from: number): number => {
  let at = from
  while (isSpace(json.charCodeAt(at))) at++
  return at
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09

/** The index behind the value that begins at `from`. */
const skipValue = (json: string, from: number): number => {
  if (json.charCodeAt(from) === quote) return endOfString(json, from)
  let depth = 0
  for (let at = from; ; at++) {
    switch (json.charCodeAt(at)) {
      case quote:
        at = endOfString(json, at) - 1
        break
      case openArray:
      case 0x7b: // {
        depth++
        break
      case closeArray:
      case 0x7d: // }
        // The end of what the value stands in ends a number or a word.
        if (depth === 0) return at
        if (--depth === 0) return at + 1
        break
      case 0x2c: // ,
      case 0x20:
      case 0x0a:
      case 0x0d:
      case 0x09:
        if (depth === 0) return at
    }
  }
}
