/**
 * What an archive accepts, said once more and independently of `normalise`, so that a property test can hold the two
 * together: no NUL and no lone surrogate in text, `bigint`s of 64 bits, finite numbers, times of four-digit years, and
 * texts of `raw` and `payload` that are JSON.
 */
import type { Encoding, Reject } from "./Encoding.ts"

const isText = (text: string) => text.isWellFormed() && !text.includes("\0")
const isInt64 = (value: bigint) => BigInt.asIntN(64, value) === value

/** Whether every column takes its value, and whatever was wrong has the original beside it. */
export const isStorable = (row: Encoding): boolean =>
  isInt64(row.categoryId) &&
  [row.filePath, row.outputType, ...row.anomalies].every(isText) &&
  [row.categoryName, row.status, row.link].every((text) => text === null || isText(text)) &&
  Buffer.byteLength(row.filePath + row.outputType) <= 2_000 &&
  (row.percent === null || (Number.isFinite(row.percent) && !Object.is(row.percent, -0))) &&
  (row.outputTotalSize === null || (isInt64(row.outputTotalSize) && row.outputTotalSize >= 0n)) &&
  (row.lastWorkTime === null ||
    (Number.isInteger(row.lastWorkTime) &&
      row.lastWorkTime >= Date.parse("0001-01-01T00:00:00Z") &&
      row.lastWorkTime <= Date.parse("9999-12-31T23:59:59.999Z"))) &&
  (row.raw === null || isJsonText(row.raw)) &&
  // An anomaly always has the original beside it.
  (row.anomalies.length === 0 || row.raw !== null)

export const isStorableReject = (reject: Reject): boolean =>
  isJsonText(reject.payload) && /^[0-9a-f]{64}$/.test(reject.fingerprint)

const isJsonText = (text: string): boolean => {
  JSON.parse(text)
  return isText(text)
}
