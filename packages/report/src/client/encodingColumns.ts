/** What a table tells of encodings. */
import type { EncodingRow, EncodingState } from "../DayData.ts"
import { encodingAddress } from "../pageAddress.ts"
import { categoryName } from "./categoryName.ts"
import type { Column } from "./Column.ts"
import { instantColumn, sizeColumn } from "./columns.ts"
import type { PageWords } from "./PageWords.ts"
import { statusLook } from "./statusLook.ts"

export const statusColumn = <Row extends EncodingState>({ texts }: PageWords): Column<Row> => ({
  head: texts.columns.status,
  value: (row) => row.status,
  look: (row) => `status ${statusLook(row.status)}`,
})

export const percentColumn = <Row extends EncodingState>({ texts, wording }: PageWords): Column<Row> => ({
  head: texts.columns.percent,
  value: (row) => row.percent,
  text: (row) => wording.percent(row.percent === null ? null : row.percent / 100),
  numeric: true,
})

export const anomaliesColumn = <Row extends EncodingState>({ texts }: PageWords): Column<Row> => ({
  head: texts.columns.anomalies,
  value: (row) => (row.anomalies.length === 0 ? null : row.anomalies.join(", ")),
})

/** Where there are twins, which number each is. */
export const twinColumns = (
  { texts }: PageWords,
  rows: ReadonlyArray<EncodingRow>,
): ReadonlyArray<Column<EncodingRow>> =>
  rows.some((row) => row.occurrence > 1)
    ? [{ head: texts.columns.twin, value: (row) => row.occurrence, numeric: true }]
    : []

/** The link leads to the page of the encoding: at its file, or where that is the same for all, at its format. */
export const encodingColumns = (
  words: PageWords,
  rows: ReadonlyArray<EncodingRow>,
  linked: "file" | "format",
): ReadonlyArray<Column<EncodingRow>> => {
  const heads = words.texts.columns
  return [
    statusColumn(words),
    percentColumn(words),
    ...(linked === "file"
      ? [
          {
            head: heads.category,
            value: (row: EncodingRow) => categoryName(row.categoryId, row.categoryName),
          },
          {
            head: heads.file,
            value: (row: EncodingRow) => row.filePath,
            address: encodingAddress,
            look: () => "path",
          },
        ]
      : []),
    {
      head: heads.format,
      value: (row) => row.outputType,
      ...(linked === "format" ? { address: encodingAddress } : {}),
    },
    ...twinColumns(words, rows),
    sizeColumn(words, heads.size, (row) => row.bytes),
    instantColumn(words, heads.lastWorkAt, (row) => row.lastWorkAt),
    instantColumn(words, heads.missingSince, (row) => row.missingSince),
    anomaliesColumn(words),
    { head: heads.earlierStates, value: (row) => row.earlierStates, numeric: true },
  ]
}
