/** The rows of an answer as they were found in its bytes: where each stands, and who it is, if that is to be seen there. */
import type { JsonScanner } from "./JsonScanner.ts"
import { byteOf } from "./JsonScanner.ts"
import { RowScanner } from "./RowScanner.ts"

export interface ScannedRows {
  readonly count: number
  readonly starts: Int32Array
  /** Behind the last byte of each. */
  readonly ends: Int32Array
  /** 1 for a row that may hold a number that a double does not. */
  readonly longNumbers: Uint8Array
  /** `identityHash` of each row; undefined where not every row tells it as it stands. */
  readonly identities: Float64Array | undefined
}

/**
 * Passes the array that is next; undefined where it is not valid.
 *
 * @param isText whether the bytes are UTF-8: of those that are not, several become the same text
 */
export const scanRows = (scanner: JsonScanner, isText: boolean): ScannedRows | undefined => {
  const row = new RowScanner(scanner)
  let tellIdentities = isText
  let count = 0
  const passesRow = () => {
    scanner.longNumber = false
    if (!row.passesRow()) return false
    if (count === notes.starts.length) notes = roomFor(2 * count, notes)
    notes.starts[count] = scanner.start
    notes.ends[count] = scanner.end
    notes.longNumbers[count] = scanner.longNumber ? 1 : 0
    notes.identities[count] = row.identity
    if (Number.isNaN(row.identity)) tellIdentities = false
    count++
    return true
  }
  const isValid = scanner.passesList(byteOf.openArray, byteOf.closeArray, passesRow)
  const { starts, ends, longNumbers, identities } = notes
  if (starts.length > manyRows) notes = roomFor(usualRows)
  if (!isValid) return undefined
  return {
    count,
    starts: starts.slice(0, count),
    ends: ends.slice(0, count),
    longNumbers: longNumbers.slice(0, count),
    identities: tellIdentities ? identities.slice(0, count) : undefined,
  }
}

const usualRows = 1_024

/** No page has as many; where an answer has, room for them is not kept. */
const manyRows = 65_536

interface Notes {
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly longNumbers: Uint8Array
  readonly identities: Float64Array
}

const roomFor = (rows: number, noted?: Notes): Notes => {
  const room = {
    starts: new Int32Array(rows),
    ends: new Int32Array(rows),
    longNumbers: new Uint8Array(rows),
    identities: new Float64Array(rows),
  }
  if (noted !== undefined) {
    room.starts.set(noted.starts)
    room.ends.set(noted.ends)
    room.longNumbers.set(noted.longNumbers)
    room.identities.set(noted.identities)
  }
  return room
}

/** What is noted of the rows that are passed, for one answer after the other: how many there are is known only at the end. */
let notes = roomFor(usualRows)
