/** Which rows a page shows, in SQL that both kinds of archive understand, with all that an address says as parameters. */
import type { DayFilter, EncodingKey } from "@vodstation-etl/report/pageAddress"

export interface Condition {
  readonly sql: string
  /** For `$1`, `$2` …. */
  readonly parameters: ReadonlyArray<string>
}

/** The rows of a day that pass the filter; with `after` those that come behind it in the order of the key. */
export const rowsOfDay = (day: string, filter: DayFilter, after: EncodingKey | null = null): Condition => {
  const parameters = [day]
  const parameter = (text: string, type = "text") => `$${parameters.push(text)}::${type}`
  const { status, format, categoryId, file } = filter
  const conditions = [
    "work_date = $1::date",
    ...(status === undefined
      ? []
      : // None is as good as an empty one; and of what failed there is an index.
        [status === "" ? "coalesce(status, '') = ''" : `status = ${parameter(status)}`]),
    ...(format === undefined ? [] : [`output_type = ${parameter(format)}`]),
    ...(categoryId === undefined ? [] : [`category_id = ${parameter(categoryId, "bigint")}`]),
    // Capitals beyond ASCII count in Postgres, where paths are compared by their bytes.
    ...(file === undefined ? [] : [`strpos(lower(file_path), lower(${parameter(file)})) > 0`]),
    // As a whole, which the primary key finds at once.
    ...(after === null
      ? []
      : [
          `(category_id, file_path, output_type, occurrence) > (${parameter(after.categoryId, "bigint")}, ${parameter(after.filePath)}, ${parameter(after.outputType)}, ${parameter(String(after.occurrence), "integer")})`,
        ]),
  ]
  return { sql: conditions.join(" AND "), parameters }
}

export const rowOfKey = (key: EncodingKey): Condition => ({
  sql: "work_date = $1::date AND category_id = $2::bigint AND file_path = $3::text AND output_type = $4::text AND occurrence = $5::integer",
  parameters: [key.workDate, key.categoryId, key.filePath, key.outputType, String(key.occurrence)],
})

export const keyOrder = "category_id, file_path, output_type, occurrence"
