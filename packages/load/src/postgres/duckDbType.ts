/** The type of a column of Postgres as DuckDB has it. */
import type { ReadColumn } from "../duckdb/parquetFiles.ts"
import type { ExportColumn } from "./exportQuery.ts"

const types: Readonly<Record<string, string>> = {
  bigint: "BIGINT",
  boolean: "BOOLEAN",
  date: "DATE",
  "double precision": "DOUBLE",
  integer: "INTEGER",
  real: "FLOAT",
  smallint: "SMALLINT",
  "timestamp with time zone": "TIMESTAMPTZ",
  "timestamp without time zone": "TIMESTAMP",
  uuid: "UUID",
}

/** DuckDB's decimals end at this many digits. */
const mostDigits = 38

/** Whatever DuckDB has no type for, and JSON, which is to stay as it came, is text. */
export const duckDbColumn = ({ column, type, declared }: ExportColumn): ReadColumn => {
  const list = type.endsWith("[]")
  const element = list ? type.slice(0, -2) : type
  const digits = /^numeric\((\d+),(\d+)\)/.exec(declared)
  const exact = digits !== null && Number(digits[1]) <= mostDigits
  const known =
    element === "numeric" ? (exact ? `DECIMAL(${digits[1]},${digits[2]})` : "DOUBLE") : types[element]
  return {
    name: column,
    type: `${known ?? "VARCHAR"}${list ? "[]" : ""}`,
    undeclared: type === "numeric" && !exact,
  }
}
