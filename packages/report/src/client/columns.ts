/** Columns of what is no plain text or count, as they are read on a page and in a file. */
import type { Column } from "./Column.ts"
import type { PageWords } from "./PageWords.ts"

/** Bytes, rounded with a unit; in a file every one of them. */
export const sizeColumn = <Row>(
  { texts, wording }: PageWords,
  head: string,
  of: (row: Row) => number | null,
): Column<Row> => ({
  head,
  value: of,
  text: (row) => textOr(of(row), wording.bytes),
  numeric: true,
  inFile: { head: texts.table.inBytes(head) },
})

/** A share from 0 to 1 under a head that says %. */
export const shareColumn = <Row>(
  { wording }: PageWords,
  head: string,
  of: (row: Row) => number | null,
): Column<Row> => ({
  head,
  value: of,
  text: (row) => wording.percent(of(row)),
  numeric: true,
  inFile: {
    head,
    text: (row) => textOr(of(row), (share) => String(Number((100 * share).toPrecision(6))), ""),
  },
})

/** An instant in the archive's time zone: on a page to the minute, in a file to the second, under a head that says the zone. */
export const instantColumn = <Row>(
  { wording }: PageWords,
  head: string,
  of: (row: Row) => number | null,
  text: (ms: number) => string = wording.instant,
): Column<Row> => ({
  head,
  value: of,
  text: (row) => textOr(of(row), text),
  inFile: { head: `${head} (${wording.timeZone})`, text: (row) => textOr(of(row), wording.moment, "") },
})

/** A day or a month, which a spreadsheet may well take for one. */
export const dayColumn = <Row>(
  head: string,
  of: (row: Row) => string,
  address?: (row: Row) => string | undefined,
): Column<Row> => ({
  head,
  value: of,
  inFile: { head, text: of },
  address,
})

const textOr = (value: number | null, text: (value: number) => string, none = "–"): string =>
  value === null ? none : text(value)
