/** Reads a day's `encoding` file as anyone might, with a plain parser of RFC 4180, so that a test does not trust our own. */
import type { ToldColumns } from "./worldTruth.fixture.ts"

/** Fields of all records; NULL is an empty field without quotes. */
export const parseCsv = (text: string): Array<Array<string | null>> => {
  const records: Array<Array<string | null>> = []
  let record: Array<string | null> = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/gy
  for (let match = field.exec(text); match !== null; match = field.exec(text)) {
    record.push(
      match[1] === undefined ? (match[2] === "" ? null : match[2]!) : match[1].replaceAll('""', '"'),
    )
    if (match[3] === "\n") {
      records.push(record)
      record = []
    }
  }
  return records
}

/** The columns that the API tells of each row, and whether the API has forgotten it. */
export const readCsvColumns = (
  text: string,
): ReadonlyArray<ToldColumns & { readonly isMissing: boolean }> => {
  const [head, ...records] = parseCsv(text)
  const column = (record: ReadonlyArray<string | null>, name: string) => record[head!.indexOf(name)] ?? null
  return records.map((record) => {
    const time = column(record, "last_work_time")
    const percent = column(record, "percent")
    return {
      categoryId: column(record, "category_id"),
      categoryName: column(record, "category_name"),
      filePath: column(record, "file_path") ?? "",
      outputType: column(record, "output_type") ?? "",
      link: column(record, "link"),
      outputTotalSize: column(record, "output_total_size"),
      lastWorkTime: time === null ? null : Date.parse(time),
      status: column(record, "status"),
      percent: percent === null ? null : Number(percent),
      isMissing: column(record, "missing_since") !== null,
    }
  })
}
