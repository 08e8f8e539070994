/**
 * Finds the fields of an answer and its rows in the bytes that came, before anything is parsed. So a page is never made one
 * large text: V8 gives such a text memory of its own, which on a virtual machine costs ten times what reading it does. And a
 * row can be kept exactly as it came, which a parsed row printed again would not be.
 *
 * It only counts brackets and leaves it to `JSON.parse` to judge the pieces: where each piece is valid JSON and they are
 * joined as found here, so is the whole. It is no recursion, for an answer may be nested as deeply as it likes.
 */

/** Where a piece begins, and the index behind its end. */
export interface Span {
  readonly start: number
  readonly end: number
  /** Whether it holds a number, outside of text, that a double might not hold: of 16 characters, or with an exponent. */
  readonly longNumber: boolean
}

export interface FieldSpan {
  /** With its quotes. */
  readonly name: Span
  readonly value: Span
  /** The elements of the value, where it is an array. */
  readonly elements: ReadonlyArray<Span> | undefined
}

/** The fields of the object that `json` is the text of, in order; undefined for what is not the text of an object. */
export const fieldSpans = (json: Uint8Array): ReadonlyArray<FieldSpan> | undefined => {
  const scanner = new Scanner(json)
  const fields = scanner.list(openObject, closeObject, () => {
    const name = scanner.isAt(quote) ? scanner.value() : undefined
    if (name === undefined || !scanner.passes(colon)) return undefined
    if (!scanner.isAt(openArray)) {
      const value = scanner.value()
      return value === undefined ? undefined : { name, value, elements: undefined }
    }
    const start = scanner.at
    const elements = scanner.list(openArray, closeArray, () => scanner.value())
    if (elements === undefined) return undefined
    const longNumber = elements.some((element) => element.longNumber)
    return { name, value: { start, end: scanner.at, longNumber }, elements }
  })
  return scanner.isAtEnd() ? fields : undefined
}

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openArray = 0x5b
const closeArray = 0x5d
const openObject = 0x7b
const closeObject = 0x7d

/** Numbers with fewer characters, and no exponent, have at most 15 digits and are exact. */
const longNumberLength = 16

class Scanner {
  at = 0
  private readonly json: Uint8Array

  constructor(json: Uint8Array) {
    this.json = json
  }

  /** Whether the next byte that is no space is `byte`. */
  isAt(byte: number): boolean {
    while (isSpace(this.json[this.at])) this.at++
    return this.json[this.at] === byte
  }

  isAtEnd(): boolean {
    while (isSpace(this.json[this.at])) this.at++
    return this.at === this.json.length
  }

  /** Goes past `byte`, if it is next. */
  passes(byte: number): boolean {
    const found = this.isAt(byte)
    if (found) this.at++
    return found
  }

  /** What stands between commas from `open` to `close`. */
  list<A>(open: number, close: number, next: () => A | undefined): ReadonlyArray<A> | undefined {
    if (!this.passes(open)) return undefined
    const items: Array<A> = []
    if (this.passes(close)) return items
    do {
      const item = next()
      if (item === undefined) return undefined
      items.push(item)
    } while (this.passes(comma))
    return this.passes(close) ? items : undefined
  }

  /** The next value, whatever it is; undefined where there is none or it does not end. */
  value(): Span | undefined {
    const { json } = this
    const { length } = json
    while (isSpace(json[this.at])) this.at++
    const start = this.at
    let at = start
    let depth = 0
    let longNumber = false
    // This loop sees every byte that is ever read.
    while (at < length) {
      const byte = json[at]!
      if (byte === quote) {
        at++
        while (at < length && json[at] !== quote) at += json[at] === backslash ? 2 : 1
        at++
      } else if (byte === openArray || byte === openObject) {
        depth++
        at++
        continue
      } else if (byte === closeArray || byte === closeObject) {
        if (depth === 0) break
        depth--
        at++
      } else if (isNumberStart(byte)) {
        const first = at
        let exponent = false
        do {
          exponent ||= (json[at]! | 0x20) === 0x65
          at++
        } while (isNumberPart(json[at]))
        longNumber ||= exponent || at - first >= longNumberLength
      } else if (depth > 0) {
        at++
        continue
      } else if (byte === comma || isSpace(byte)) {
        break
      } else {
        // A letter of `true`, `false` or `null`, or none of JSON.
        at++
        continue
      }
      if (depth === 0) break
    }
    this.at = at
    return at === start || at > length || depth > 0 ? undefined : { start, end: at, longNumber }
  }
}

const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09

const isNumberStart = (byte: number): boolean => (byte >= 0x30 && byte <= 0x39) || byte === 0x2d

/** A digit, `.`, `+`, `-`, `e` or `E`. */
const isNumberPart = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= 0x30 && byte <= 0x39) ||
    byte === 0x2e ||
    byte === 0x2b ||
    byte === 0x2d ||
    byte === 0x65 ||
    byte === 0x45)
