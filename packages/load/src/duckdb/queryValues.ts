/** Rows of DuckDB as `ArchiveQuery` gives them. */
import type { DuckDBResult, DuckDBType, DuckDBValue } from "@duckdb/node-api"
import type { QueryRow, QueryValue } from "../ArchiveQuery.ts"

/** All rows of a result. */
export const queryRows = async (result: DuckDBResult): Promise<ReadonlyArray<QueryRow>> => {
  const names = result.columnNames()
  const types = result.columnTypes()
  const rows: Array<QueryRow> = []
  for await (const batch of result.yieldRows())
    for (const row of batch)
      rows.push(Object.fromEntries(names.map((name, at) => [name, queryValue(row[at]!, types[at]!)])))
  return rows
}

/** By what the values are made of, since their classes come with a package that is loaded when it is needed. */
export const queryValue = (value: DuckDBValue, type: DuckDBType): QueryValue => {
  if (value === null || typeof value !== "object") return value
  if ("items" in value && "valueType" in type)
    return value.items.map((item) => queryValue(item, type.valueType))
  if ("micros" in value && !("months" in value)) return momentText(value.micros, String(value), String(type))
  if ("scale" in value && "value" in value) return value.scale === 0 ? value.value : Number(String(value))
  return String(value)
}

const momentText = (micros: bigint, text: string, type: string): string => {
  if (!type.startsWith("TIMESTAMP") || /infinity/.test(text)) return text
  const iso = new Date(Number(micros / 1000n)).toISOString()
  return type === "TIMESTAMP" ? iso.slice(0, -1) : iso
}
