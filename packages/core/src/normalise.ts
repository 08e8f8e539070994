/**
 * Makes a typed `Encoding` of one row of an answer, in whichever of the documented and contradicting types it comes (API
 * facts, 1.3 and 1.4), or a `Reject` of a row that has no identity. Nothing makes it throw, and nothing is lost: whatever
 * the columns do not say stays in `raw` or `payload`.
 *
 * This is the hot path, once for every row that is ever read. So it decodes by hand and not with a Schema, and takes the
 * row's text as a function, which is called only where the text is kept.
 */
import { hash } from "node:crypto"
import * as Predicate from "effect/Predicate"
import type { Encoding, Reject } from "./Encoding.ts"
import { keepJson } from "./keepJson.ts"
import { readInstant } from "./readInstant.ts"
import { readInteger, readSize } from "./readInteger.ts"
import { readLink } from "./readLink.ts"
import { readPercent } from "./readPercent.ts"
import { readStatus } from "./readStatus.ts"
import { readText } from "./readText.ts"
import type { FieldRead } from "./Remark.ts"

/** The cell of the grid that a row was read in, [from, before), epoch ms. */
export interface Cell {
  readonly from: number
  readonly before: number
}

/** How long the identity of an encoding may be, in bytes of UTF-8: an index entry of Postgres holds 2,704. */
export const maxIdentityBytes = 2_000

const noAnomalies: ReadonlyArray<string> = []

/**
 * Reads one row.
 *
 * @param row an element of `content`, from `parseAnswer`: a number that a double does not hold comes as its text
 * @param text gives the row's JSON text as it came
 */
export const normalise = (row: unknown, text: () => string, cell: Cell): Encoding | Reject => {
  if (!Predicate.isReadonlyObject(row)) return reject("not an object", text)
  const categoryId = readInteger(row["categoryId"])
  if (typeof categoryId !== "bigint") return reject("no readable categoryId", text)

  // In the order of the archive's columns, which is the order of the anomalies.
  const remarks = new RowRemarks()
  const filePath = remarks.settle("filePath", readText(row["filePath"])) ?? ""
  const outputType = remarks.settle("outputType", readText(row["outputType"])) ?? ""
  if (identityTooLong(filePath, outputType)) return reject("identity longer than 2,000 bytes", text)
  const categoryName = remarks.settle("categoryName", readText(row["categoryName"]))
  const status = remarks.settle("status", readStatus(row["status"]))
  const link = remarks.settle("link", readLink(row["link"]))
  const percent = remarks.settle("percent", readPercent(row["percent"]))
  const outputTotalSize = remarks.settle("outputTotalSize", readSize(row["outputTotalSize"]))
  const lastWorkTime = remarks.settle("lastWorkTime", readInstant(row["lastWorkTime"]))

  return {
    categoryId,
    filePath,
    outputType,
    categoryName,
    status,
    link,
    percent,
    outputTotalSize,
    lastWorkTime,
    requestedFrom: cell.from,
    requestedBefore: cell.before,
    anomalies: remarks.anomalies,
    raw: remarks.found || hasUnknownField(row) ? keepJson(text()) : null,
  }
}

/** Tells a `Reject` from an `Encoding`. */
export const isReject = (row: Encoding | Reject): row is Reject => "fingerprint" in row

const reject = (reason: string, text: () => string): Reject => {
  const payload = keepJson(text())
  return { fingerprint: hash("sha256", payload, "hex"), reason, payload }
}

class RowRemarks {
  /** Whether the columns do not say it all. */
  found = false
  anomalies: ReadonlyArray<string> = noAnomalies

  settle<A extends string | number | bigint>(field: string, read: FieldRead<A>): A | null {
    if (typeof read !== "object" || read === null) return read
    this.found = true
    if (read.anomaly !== null) this.anomalies = [...this.anomalies, `${field}: ${read.anomaly}`]
    return read.value
  }
}

const identityTooLong = (filePath: string, outputType: string): boolean =>
  (filePath.length + outputType.length) * 3 > maxIdentityBytes &&
  Buffer.byteLength(filePath) + Buffer.byteLength(outputType) > maxIdentityBytes

const hasUnknownField = (row: object): boolean => {
  for (const field in row) {
    switch (field) {
      case "categoryId":
      case "categoryName":
      case "filePath":
      case "outputType":
      case "link":
      case "outputTotalSize":
      case "lastWorkTime":
      case "status":
      case "percent":
        continue
      default:
        return true
    }
  }
  return false
}
