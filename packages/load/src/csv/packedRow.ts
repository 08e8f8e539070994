/**
 * Rows in the spool, as JSON arrays: private to one process and one day, made to be quick. JSON has no bigint, no NaN and no
 * minus zero; they travel as text.
 */
import type { Encoding } from "@vodstation-etl/core/Encoding"

export type PackedRow = readonly [
  categoryId: string,
  filePath: string,
  outputType: string,
  categoryName: string | null,
  status: string | null,
  link: string | null,
  percent: number | string | null,
  outputTotalSize: string | null,
  lastWorkTime: number | null,
  requestedFrom: number,
  requestedBefore: number,
  anomalies: ReadonlyArray<string>,
  raw: string | null,
]

export const packRow = (row: Encoding): PackedRow => [
  String(row.categoryId),
  row.filePath,
  row.outputType,
  row.categoryName,
  row.status,
  row.link,
  packDouble(row.percent),
  row.outputTotalSize === null ? null : String(row.outputTotalSize),
  row.lastWorkTime,
  row.requestedFrom,
  row.requestedBefore,
  row.anomalies,
  row.raw,
]

export const unpackRow = (packed: PackedRow): Encoding => ({
  categoryId: BigInt(packed[0]),
  filePath: packed[1],
  outputType: packed[2],
  categoryName: packed[3],
  status: packed[4],
  link: packed[5],
  percent: packed[6] === null ? null : Number(packed[6]),
  outputTotalSize: packed[7] === null ? null : BigInt(packed[7]),
  lastWorkTime: packed[8],
  requestedFrom: packed[9],
  requestedBefore: packed[10],
  anomalies: packed[11],
  raw: packed[12],
})

const packDouble = (value: number | null): number | string | null =>
  value === null || (Number.isFinite(value) && !Object.is(value, -0))
    ? value
    : Object.is(value, -0)
      ? "-0"
      : String(value)
