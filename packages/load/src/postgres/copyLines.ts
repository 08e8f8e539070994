/** Rows as lines of `COPY`, in the column orders of the statements in `sql/copy*.sql`. */
import type { Encoding, Reject, StoredEncoding } from "@vodstation-etl/core/Encoding"
import { copyNullable, copyNullableTime, copyText, copyTextArray, copyTime } from "./copyText.ts"

const chunkLength = 65_536

/** Lines in pieces of about 64 kB, made as they are asked for: a day is never one text. */
export function* copyChunks(lines: Iterable<string>): Generator<Buffer> {
  let text = ""
  for (const line of lines) {
    text += line
    if (text.length >= chunkLength) {
      yield Buffer.from(text, "utf8")
      text = ""
    }
  }
  if (text !== "") yield Buffer.from(text, "utf8")
}

/** Makes the columns that the API gives, without a line's end. Remembers the cell, which mostly is that of the row before. */
const encodingColumns = (): ((row: Encoding) => string) => {
  let from = Number.NaN
  let before = Number.NaN
  let cell = ""
  return (row) => {
    if (row.requestedFrom !== from || row.requestedBefore !== before) {
      from = row.requestedFrom
      before = row.requestedBefore
      cell = `${copyTime(from)}\t${copyTime(before)}`
    }
    return `${row.categoryId}\t${copyText(row.filePath)}\t${copyText(row.outputType)}\t${copyNullable(row.categoryName)}\t${copyNullable(row.status)}\t${copyNullable(row.link)}\t${row.percent ?? "\\N"}\t${row.outputTotalSize ?? "\\N"}\t${copyNullableTime(row.lastWorkTime)}\t${cell}\t${copyTextArray(row.anomalies)}\t${copyNullable(row.raw)}`
  }
}

/** For `copyStaged.sql`. */
export const stagedLine = (): ((row: Encoding) => string) => {
  const columns = encodingColumns()
  return (row) => `${columns(row)}\n`
}

/** For `copyNewDay.sql`: rows that the archive did not hold before, all seen at one moment by one run. */
export const newDayLine = (
  workDate: string,
  reading: { readonly readAt: number; readonly runId: string },
): ((row: Encoding, occurrence: number) => string) => {
  const columns = encodingColumns()
  const { after } = newDayEnds(workDate, reading)
  return (row, occurrence) => `${workDate}\t${occurrence}\t${columns(row)}${after}`
}

/** For `copyMergedTwins.sql`. */
export const mergedTwinLine = (
  workDate: string,
): ((merged: { readonly row: StoredEncoding; readonly fate: string }) => string) => {
  const columns = encodingColumns()
  return ({ row, fate }) =>
    `${workDate}\t${row.occurrence}\t${columns(row)}\t${copyNullableTime(row.missingSince)}\t${copyTime(row.firstSeenAt)}\t${copyTime(row.changedAt)}\t${row.runId}\t${fate}\n`
}

/** For `copyStagedRejects.sql`. */
export const rejectLine = (reject: Reject): string =>
  `${copyText(reject.fingerprint)}\t${copyText(reject.reason)}\t${copyText(reject.payload)}\n`

/** How the line of `stagedLine` begins: all of its columns that tell one encoding from another. */
export const stagedIdentity = (row: Encoding): string =>
  `${row.categoryId}\t${copyText(row.filePath)}\t${copyText(row.outputType)}`

/** What makes of a line of `stagedLine` one of `newDayLine`, for the only row of its identity. */
export const newDayEnds = (
  workDate: string,
  reading: { readonly readAt: number; readonly runId: string },
): { readonly before: string; readonly after: string } => {
  const readAt = copyTime(reading.readAt)
  return { before: `${workDate}\t1\t`, after: `\t\\N\t${readAt}\t${readAt}\t${reading.runId}\n` }
}
