/** Judges a body of `GET /status` in its bytes, and finds what counts in it: the total, the content, and its rows. */
import { isUtf8 } from "node:buffer"
import { byteOf, JsonScanner, valueKind } from "./JsonScanner.ts"
import type { ScannedRows } from "./ScannedRows.ts"
import { scanRows } from "./ScannedRows.ts"

/** Where a piece begins, and the index behind its end. */
export interface Span {
  readonly start: number
  readonly end: number
  /** Whether it may hold a number that a double does not. */
  readonly longNumber: boolean
}

export interface ScannedAnswer {
  readonly total: Span | undefined
  /** Only to be looked at where there are no rows. */
  readonly content: Span | undefined
  /** Those of the content, where it is an array. */
  readonly rows: ScannedRows | undefined
}

/**
 * Of two fields with the same name the last one counts. Undefined for what is not the text of an object; may throw as
 * `JSON.parse` does.
 */
export const scanAnswer = (json: Buffer): ScannedAnswer | undefined => {
  const scanner = new JsonScanner(json)
  // Bytes that are no UTF-8 become text that others become as well.
  const isText = isUtf8(json)
  let total: Span | undefined
  let content: Span | undefined
  let rows: ScannedRows | undefined
  const passesField = (): boolean => {
    const name = fieldName(scanner)
    if (name === undefined || !scanner.passes(byteOf.colon)) return false
    scanner.longNumber = false
    if (name === "content" && scanner.isAt(byteOf.openArray)) {
      rows = scanRows(scanner, isText)
      return rows !== undefined
    }
    if (!scanner.passesValue()) return false
    const value = { start: scanner.start, end: scanner.end, longNumber: scanner.longNumber }
    if (name === "total") total = value
    if (name === "content") {
      content = value
      rows = undefined
    }
    return true
  }
  return scanner.passesList(byteOf.openObject, byteOf.closeObject, passesField) && scanner.isAtEnd()
    ? { total, content, rows }
    : undefined
}

const fieldName = (scanner: JsonScanner): string | undefined => {
  if (!scanner.isAt(byteOf.quote) || !scanner.passesText()) return undefined
  const { json, start, end, kind } = scanner
  return kind === valueKind.plainText
    ? json.toString("utf8", start + 1, end - 1)
    : JSON.parse(json.toString("utf8", start, end))
}
