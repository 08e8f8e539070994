/** A value of DuckDB as the cell that the CSV archive has for it. */
import type { DuckDBType, DuckDBValue } from "@duckdb/node-api"
import type { QueryValue } from "../ArchiveQuery.ts"
import type { Cell } from "../csv/CsvTable.ts"
import { doubleText } from "../csv/doubleText.ts"
import { queryValue } from "./queryValues.ts"

export const cellText = (value: DuckDBValue, type: DuckDBType): Cell => {
  if (value === null || typeof value === "string") return value
  if (typeof value === "number") return doubleText(value)
  // Every digit, where a number would have sixteen.
  if (typeof value === "object" && "scale" in value) return String(value)
  const found = queryValue(value, type)
  return Array.isArray(found) ? jsonText(found) : String(found)
}

const jsonText = (value: QueryValue): string => {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(",")}]`
  return typeof value === "bigint" ? String(value) : JSON.stringify(value)
}
