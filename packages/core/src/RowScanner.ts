/** Passes one row of an answer in its bytes, and tells who it is, as long as that is to be seen in them. */
import { IdentityHash } from "./identityHash.ts"
import type { JsonScanner, ValueKind } from "./JsonScanner.ts"
import { byteOf, endOfPlain, isDigit, valueKind } from "./JsonScanner.ts"
import { maxIdentityBytes } from "./normalise.ts"

/** Where the value of a field of a row stands; without quotes if it is plain text. */
interface FieldValue {
  start: number
  end: number
  kind: ValueKind
}

const hash = new IdentityHash()

export class RowScanner {
  /** `identityHash` of the row that was passed last; NaN where only what is made of the row tells it (`normalise.ts`). */
  identity = Number.NaN
  private readonly scanner: JsonScanner
  /** Whether the row has a name with escapes, which may be any. */
  private hasUnclearName = false
  private readonly categoryId: FieldValue = { start: 0, end: 0, kind: valueKind.nothing }
  private readonly filePath: FieldValue = { start: 0, end: 0, kind: valueKind.nothing }
  private readonly outputType: FieldValue = { start: 0, end: 0, kind: valueKind.nothing }

  constructor(scanner: JsonScanner) {
    this.scanner = scanner
  }

  /** Passes the next value, whatever it is; false where it is not valid. The scanner tells where it stands. */
  passesRow(): boolean {
    const { scanner } = this
    if (!scanner.isAt(byteOf.openObject)) {
      this.identity = Number.NaN
      return scanner.passesValue()
    }
    const start = scanner.at
    if (!this.passesObject(scanner)) return false
    scanner.start = start
    scanner.end = scanner.at
    this.identity = this.hasUnclearName ? Number.NaN : this.identityIn(scanner.json)
    return true
  }

  private passesObject(scanner: JsonScanner): boolean {
    this.hasUnclearName = false
    this.categoryId.kind = this.filePath.kind = this.outputType.kind = valueKind.nothing
    scanner.at++
    if (scanner.passes(byteOf.closeObject)) return true
    do {
      if (!this.passesPlainField(scanner) && !this.passesField(scanner)) return false
    } while (scanner.passes(byteOf.comma))
    return scanner.passes(byteOf.closeObject)
  }

  /** Passes `"name":"text"` or `"name":1`, printed without spaces and escapes as most are; false, and where it was, at any other. */
  private passesPlainField(scanner: JsonScanner): boolean {
    const { json } = scanner
    if (json[scanner.at] !== byteOf.quote) return false
    const name = scanner.at + 1
    const nameEnd = endOfPlain(json, name)
    if (json[nameEnd] !== byteOf.quote || json[nameEnd + 1] !== byteOf.colon) return false
    let start = nameEnd + 2
    let end: number
    let kind: ValueKind
    if (json[start] === byteOf.quote) {
      start++
      end = endOfPlain(json, start)
      if (json[end] !== byteOf.quote) return false
      kind = valueKind.plainText
      scanner.at = end + 1
    } else {
      end = start
      while (isDigit(json[end])) end++
      const next = json[end]
      const isCount =
        end > start &&
        end - start <= 15 &&
        (json[start] !== byteOf.zero || end - start === 1) &&
        (next === byteOf.comma || next === byteOf.closeObject)
      if (!isCount) return false
      kind = valueKind.count
      scanner.at = end
    }
    this.noteField(json, name, nameEnd, start, end, kind)
    return true
  }

  private passesField(scanner: JsonScanner): boolean {
    if (!scanner.isAt(byteOf.quote) || !scanner.passesText()) return false
    if (scanner.kind !== valueKind.plainText) this.hasUnclearName = true
    const name = scanner.start + 1
    const nameEnd = scanner.end - 1
    if (!scanner.passes(byteOf.colon) || !scanner.passesValue()) return false
    const quotes = scanner.kind === valueKind.plainText ? 1 : 0
    this.noteField(scanner.json, name, nameEnd, scanner.start + quotes, scanner.end - quotes, scanner.kind)
    return true
  }

  private noteField(
    json: Buffer,
    name: number,
    nameEnd: number,
    start: number,
    end: number,
    kind: ValueKind,
  ): void {
    const length = nameEnd - name
    if (length !== 8 && length !== 10) return
    const field = this.fieldNamed(json, name, nameEnd)
    if (field === undefined) return
    field.start = start
    field.end = end
    field.kind = kind
  }

  private fieldNamed(json: Buffer, start: number, end: number): FieldValue | undefined {
    switch (end - start) {
      case 8:
        return isNamed(json, start, filePathName) ? this.filePath : undefined
      case 10:
        if (isNamed(json, start, categoryIdName)) return this.categoryId
        return isNamed(json, start, outputTypeName) ? this.outputType : undefined
      default:
        return undefined
    }
  }

  /** That of the row that was passed last, as `normalise` would read it. */
  private identityIn(json: Buffer): number {
    if (!isId(json, this.categoryId)) return Number.NaN
    hash.begin()
    hash.bytes(json, this.categoryId.start, this.categoryId.end)
    const length = addText(json, this.filePath) + addText(json, this.outputType)
    return length <= maxIdentityBytes ? hash.finish() : Number.NaN
  }
}

const categoryIdName = Buffer.from("categoryId")
const filePathName = Buffer.from("filePath")
const outputTypeName = Buffer.from("outputType")

const isNamed = (json: Buffer, start: number, name: Buffer): boolean => {
  for (let index = 0; index < name.length; index++) {
    if (json[start + index] !== name[index]) return false
  }
  return true
}

/** Adds what a field says to the hash, as `readText` has it; gives how many bytes that are, NaN where it cannot be told. */
const addText = (json: Buffer, { kind, start, end }: FieldValue): number => {
  switch (kind) {
    case valueKind.plainText:
    case valueKind.count:
      hash.bytes(json, start, end)
      return end - start
    case valueKind.nothing:
      hash.bytes(json, 0, 0)
      return 0
    case valueKind.escapedText: {
      const text: string = JSON.parse(json.toString("utf8", start, end))
      if (!text.isWellFormed() || text.includes("\0")) return Number.NaN
      const bytes = Buffer.from(text)
      hash.bytes(bytes, 0, bytes.length)
      return bytes.length
    }
    case valueKind.other:
      return Number.NaN
  }
}

/** Whether a field is an id in decimal, as it would be written again: as a number, or as text. */
const isId = (json: Buffer, { kind, start, end }: FieldValue): boolean => {
  if (kind === valueKind.count) return true
  if (kind !== valueKind.plainText || end === start || end - start > 15) return false
  if (json[start] === byteOf.zero && end - start > 1) return false
  for (let at = start; at < end; at++) {
    if (json[at]! < 0x30 || json[at]! > 0x39) return false
  }
  return true
}
