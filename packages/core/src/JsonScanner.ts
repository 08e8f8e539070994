/**
 * Goes over JSON in the bytes that came, and says of each value where it stands and of what kind it is, without making
 * anything of it. What it passes is valid: `JSON.parse` takes it too, and takes nothing that is not passed here. So a page can
 * be judged when it comes and its rows made later, when they are proven and on their way (`parseAnswer.ts`).
 *
 * Arrays and objects within are only skipped by their brackets, and left to `JSON.parse` to judge: no recursion, for an answer
 * may be nested as deeply as it likes.
 */
import { parseExactly } from "./parseExactly.ts"

/** What a value is, as far as it can be told from its first look. */
export const valueKind = {
  /** `null`. */
  nothing: 1,
  /** Text without escapes: between its quotes stand its bytes as they are. */
  plainText: 2,
  /** An integer that is not negative, of at most 15 digits. */
  count: 3,
  escapedText: 4,
  other: 5,
} as const

export type ValueKind = (typeof valueKind)[keyof typeof valueKind]

/** Numbers with fewer characters, and no exponent, have at most 15 digits and are exact. */
const longNumberLength = 16

export class JsonScanner {
  readonly json: Buffer
  at = 0
  /** Of the value that was passed last: where it begins, quotes included, and the index behind its end. */
  start = 0
  end = 0
  kind: ValueKind = valueKind.other
  /** Whether any value since this was last set to false may hold a number that a double does not. */
  longNumber = false

  constructor(json: Buffer) {
    this.json = json
  }

  isAtEnd(): boolean {
    this.skipSpace()
    return this.at === this.json.length
  }

  /** Whether the next byte that is no space is `byte`. */
  isAt(byte: number): boolean {
    if (this.json[this.at] !== byte) this.skipSpace()
    return this.json[this.at] === byte
  }

  /** Goes past `byte`, if it is next. */
  passes(byte: number): boolean {
    const found = this.isAt(byte)
    if (found) this.at++
    return found
  }

  /** Passes what stands between commas from `open` to `close`; false where that is not valid. */
  passesList(open: number, close: number, passesNext: () => boolean): boolean {
    if (!this.passes(open)) return false
    if (this.passes(close)) return true
    do {
      if (!passesNext()) return false
    } while (this.passes(byteOf.comma))
    return this.passes(close)
  }

  /** Passes the next value, whatever it is; false where there is none. Throws what `JSON.parse` throws for an array or object. */
  passesValue(): boolean {
    this.skipSpace()
    const byte = this.json[this.at]
    if (byte === byteOf.quote) return this.passesText()
    if (byte === byteOf.minus || isDigit(byte)) return this.passesNumber()
    if (byte === byteOf.openObject || byte === byteOf.openArray) return this.passesNested()
    return this.passesWord()
  }

  /** Passes text, which is next if anything is. */
  passesText(): boolean {
    const { json } = this
    let { at } = this
    if (json[at] !== byteOf.quote) return false
    this.start = at++
    this.kind = valueKind.plainText
    for (;;) {
      at = endOfPlain(json, at)
      if (json[at] === byteOf.quote) break
      const escape = escapeLength(json, at)
      if (escape === 0) return false
      this.kind = valueKind.escapedText
      at += escape
    }
    this.end = this.at = at + 1
    return true
  }

  private passesNumber(): boolean {
    const { json } = this
    let { at } = this
    this.start = at
    if (json[at] === byteOf.minus) at++
    const first = at
    while (isDigit(json[at])) at++
    if (at === first || (json[first] === byteOf.zero && at > first + 1)) return false
    let isWhole = first === this.start
    if (json[at] === byteOf.point) {
      isWhole = false
      const fraction = ++at
      while (isDigit(json[at])) at++
      if (at === fraction) return false
    }
    const long = at - this.start >= longNumberLength
    if (json[at] === 0x65 || json[at] === 0x45) {
      isWhole = false
      this.longNumber = true
      at++
      if (json[at] === byteOf.plus || json[at] === byteOf.minus) at++
      const exponent = at
      while (isDigit(json[at])) at++
      if (at === exponent) return false
    }
    if (long) this.longNumber = true
    this.kind = isWhole && !long ? valueKind.count : valueKind.other
    this.end = this.at = at
    return true
  }

  private passesWord(): boolean {
    const word = words[this.json[this.at] ?? 0]
    if (word === undefined) return false
    this.start = this.at
    for (let index = 0; index < word.length; index++) {
      if (this.json[this.start + index] !== word[index]) return false
    }
    this.kind = word === words[0x6e] ? valueKind.nothing : valueKind.other
    this.end = this.at = this.start + word.length
    return true
  }

  private passesNested(): boolean {
    const end = endOfBrackets(this.json, this.at)
    if (end === undefined) return false
    const text = this.json.toString("utf8", this.at, end)
    if (mayHoldLongNumber.test(text)) {
      parseExactly(text)
      this.longNumber = true
    } else {
      JSON.parse(text)
    }
    this.start = this.at
    this.end = this.at = end
    this.kind = valueKind.other
    return true
  }

  private skipSpace(): void {
    const { json } = this
    let { at } = this
    for (;;) {
      const byte = json[at]
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) break
      at++
    }
    this.at = at
  }
}

export const byteOf = {
  quote: 0x22,
  plus: 0x2b,
  comma: 0x2c,
  minus: 0x2d,
  point: 0x2e,
  zero: 0x30,
  colon: 0x3a,
  openArray: 0x5b,
  backslash: 0x5c,
  closeArray: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const

export const isDigit = (byte: number | undefined): boolean =>
  byte !== undefined && byte >= 0x30 && byte <= 0x39

const words: Readonly<Record<number, Buffer>> = Object.fromEntries(
  ["null", "true", "false"].map((word) => [word.charCodeAt(0), Buffer.from(word)]),
)

/** Also true of some text without: that is only read more slowly. */
const mayHoldLongNumber = /[\d.-]{16}|\d[eE]/

/** Where the first byte stands that does not stand for itself in text: a quote, a backslash, or none of JSON. */
export const endOfPlain = (json: Buffer, start: number): number => {
  const { length } = json
  let at = start
  while (at < length && plain[json[at]!] === 1) at++
  return at
}

/** 1 for bytes that stand for themselves in text, or for a part of a character. */
const plain = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === byteOf.quote || byte === byteOf.backslash ? 0 : 1,
)

/** How many bytes the escape at `at` takes; 0 where it is none. */
const escapeLength = (json: Buffer, at: number): number => {
  if (json[at] !== byteOf.backslash) return 0
  switch (json[at + 1]) {
    case byteOf.quote:
    case byteOf.backslash:
    case 0x2f: // /
    case 0x62: // b
    case 0x66: // f
    case 0x6e: // n
    case 0x72: // r
    case 0x74: // t
      return 2
    case 0x75: // u
      return /^[\dA-Fa-f]{4}$/.test(json.toString("latin1", at + 2, at + 6)) ? 6 : 0
    default:
      return 0
  }
}

/** The index behind the bracket that closes the one at `open`; undefined where none does. */
const endOfBrackets = (json: Buffer, open: number): number | undefined => {
  let depth = 0
  for (let at = open; at < json.length; at++) {
    switch (json[at]) {
      case byteOf.quote:
        at++
        while (at < json.length && json[at] !== byteOf.quote) at += json[at] === byteOf.backslash ? 2 : 1
        break
      case byteOf.openArray:
      case byteOf.openObject:
        depth++
        break
      case byteOf.closeArray:
      case byteOf.closeObject:
        if (--depth === 0) return at + 1
        break
    }
  }
  return undefined
}
