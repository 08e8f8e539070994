/**
 * The rows of an answer as they were found in its bytes: where each stands, and who it is, as long as that can be told
 * without making anything of it.
 */
import { IdentityHash } from "./identityHash.ts"
import type { JsonScanner, ValueKind } from "./JsonScanner.ts"
import { byteOf, endOfPlain, isDigit, valueKind } from "./JsonScanner.ts"
import { maxIdentityBytes } from "./normalise.ts"

/** A row is hardly ever shorter, in bytes. */
const shortRow = 100

/** Where the value of a field of a row stands; without quotes if it is plain text. */
interface FieldValue {
  start: number
  end: number
  kind: ValueKind
}

const hash = new IdentityHash()

export class ScannedRows {
  count = 0
  /** Whether every row tells its identity as it stands. Where one does not, only what is made of it does (`normalise.ts`). */
  tellIdentities: boolean
  private starts: Int32Array
  private ends: Int32Array
  /** Whether a row may hold a number that a double does not. */
  private longNumbers: Uint8Array
  private hashes: Float64Array
  private readonly categoryId: FieldValue = { start: 0, end: 0, kind: valueKind.nothing }
  private readonly filePath: FieldValue = { start: 0, end: 0, kind: valueKind.nothing }
  private readonly outputType: FieldValue = { start: 0, end: 0, kind: valueKind.nothing }

  constructor(bytes: number, isText: boolean) {
    const room = Math.ceil(bytes / shortRow)
    this.tellIdentities = isText
    this.starts = new Int32Array(room)
    this.ends = new Int32Array(room)
    this.longNumbers = new Uint8Array(room)
    this.hashes = new Float64Array(room)
  }

  startOf(row: number): number {
    return this.starts[row]!
  }

  endOf(row: number): number {
    return this.ends[row]!
  }

  mayHoldLongNumber(row: number): boolean {
    return this.longNumbers[row] === 1
  }

  /** `identityHash` of each row, in order; undefined where not every row tells it. */
  identities(): Float64Array | undefined {
    return this.tellIdentities ? this.hashes.subarray(0, this.count) : undefined
  }

  /** Takes in the array that is next; false where it is not valid. */
  scan(scanner: JsonScanner): boolean {
    return scanner.passesList(byteOf.openArray, byteOf.closeArray, () => this.scanRow(scanner))
  }

  private scanRow(scanner: JsonScanner): boolean {
    scanner.longNumber = false
    const isObject = scanner.isAt(byteOf.openObject)
    const start = isObject ? scanner.at : -1
    if (!(isObject ? this.passesObject(scanner) : scanner.passesValue())) return false
    if (this.count === this.starts.length) this.grow()
    const row = this.count++
    this.starts[row] = isObject ? start : scanner.start
    this.ends[row] = scanner.at
    this.longNumbers[row] = scanner.longNumber ? 1 : 0
    if (!isObject) this.tellIdentities = false
    if (this.tellIdentities) this.hashes[row] = this.identity(scanner.json)
    return true
  }

  private passesObject(scanner: JsonScanner): boolean {
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
    // A name with an escape may be any.
    if (scanner.kind !== valueKind.plainText) this.tellIdentities = false
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

  /** That of the row that was passed last; as `normalise` would read it, or not at all. */
  private identity(json: Buffer): number {
    hash.begin()
    if (isId(json, this.categoryId)) {
      hash.bytes(json, this.categoryId.start, this.categoryId.end)
      const length = addText(json, this.filePath) + addText(json, this.outputType)
      if (length <= maxIdentityBytes) return hash.finish()
    }
    this.tellIdentities = false
    return 0
  }

  private grow(): void {
    const room = 2 * this.count + 16
    const grown = <A extends Int32Array | Uint8Array | Float64Array>(larger: A, held: A): A => {
      larger.set(held)
      return larger
    }
    this.starts = grown(new Int32Array(room), this.starts)
    this.ends = grown(new Int32Array(room), this.ends)
    this.longNumbers = grown(new Uint8Array(room), this.longNumbers)
    this.hashes = grown(new Float64Array(room), this.hashes)
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
