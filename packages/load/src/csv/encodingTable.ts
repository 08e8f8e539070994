/**
 * The file `encoding/DAY.csv`: what a person or a BI tool wants of a row. The columns that tell of the loading rather than
 * of the encoding lie in `encoding_provenance/DAY.csv`, so that the same snapshot gives the same bytes here whoever loads it.
 */
import type { StoredEncoding } from "@vodstation-etl/core/Encoding"
import type { Cell, CsvTable } from "./CsvTable.ts"
import {
  orNull,
  readBigint,
  readCount,
  readDouble,
  readText,
  readTexts,
  readTime,
  repeatedTimeText,
  timeText,
} from "./cellValues.ts"
import { tableOfDay } from "./tableOfDay.ts"
import { doubleText } from "./doubleText.ts"

export type EncodingFileRow = Omit<StoredEncoding, "raw" | "firstSeenAt" | "changedAt" | "runId">

export const encodingColumns = [
  "work_date",
  "category_id",
  "file_path",
  "output_type",
  "occurrence",
  "category_name",
  "status",
  "link",
  "percent",
  "output_total_size",
  "last_work_time",
  "requested_from",
  "requested_before",
  "missing_since",
  "anomalies",
]

/** `file_path`, `output_type`, `category_name`, `status`, `link`, `anomalies`. */
export const encodingTextColumns = [2, 3, 5, 6, 7, 14]

export const encodingCells = (workDate: string, row: EncodingFileRow): Array<Cell> => [
  workDate,
  String(row.categoryId),
  row.filePath,
  row.outputType,
  String(row.occurrence),
  row.categoryName,
  row.status,
  row.link,
  row.percent === null ? null : doubleText(row.percent),
  row.outputTotalSize === null ? null : String(row.outputTotalSize),
  row.lastWorkTime === null ? null : timeText(row.lastWorkTime),
  repeatedTimeText(row.requestedFrom),
  repeatedTimeText(row.requestedBefore),
  row.missingSince === null ? null : timeText(row.missingSince),
  row.anomalies.length === 0 ? "[]" : JSON.stringify(row.anomalies),
]

const noAnomalies: ReadonlyArray<string> = []

export const readEncodingCells = (cells: ReadonlyArray<Cell>): EncodingFileRow => ({
  categoryId: readBigint(cells[1]!),
  filePath: readText(cells[2]!),
  outputType: readText(cells[3]!),
  occurrence: readCount(cells[4]!),
  categoryName: cells[5]!,
  status: cells[6]!,
  link: cells[7]!,
  percent: orNull(cells[8]!, readDouble),
  outputTotalSize: orNull(cells[9]!, readBigint),
  lastWorkTime: orNull(cells[10]!, readTime),
  requestedFrom: readTime(cells[11]!),
  requestedBefore: readTime(cells[12]!),
  missingSince: orNull(cells[13]!, readTime),
  anomalies: cells[14] === "[]" ? noAnomalies : readTexts(cells[14]!),
})

export const encodingTable = (workDate: string): CsvTable<EncodingFileRow> =>
  tableOfDay(workDate, {
    columns: encodingColumns,
    textColumns: encodingTextColumns,
    toCells: (row) => encodingCells(workDate, row),
    fromCells: readEncodingCells,
  })
