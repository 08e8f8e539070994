/**
 * What someone does by hand who has a CSV of `encoding` from `\copy` and wants Parquet: DuckDB, told the columns' types.
 *
 * node csvToParquet.ts CSV PARQUET
 */
import { DuckDBInstance } from "@duckdb/node-api"

const [csv = "", parquet = ""] = process.argv.slice(2)
const types = {
  ...{ work_date: "DATE", category_id: "BIGINT", file_path: "VARCHAR", output_type: "VARCHAR" },
  ...{ occurrence: "INTEGER", category_name: "VARCHAR", status: "VARCHAR", link: "VARCHAR" },
  ...{ percent: "DOUBLE", output_total_size: "BIGINT", last_work_time: "TIMESTAMPTZ" },
  ...{ requested_from: "TIMESTAMPTZ", requested_before: "TIMESTAMPTZ", missing_since: "TIMESTAMPTZ" },
  ...{ anomalies: "VARCHAR", raw: "VARCHAR", first_seen_at: "TIMESTAMPTZ", changed_at: "TIMESTAMPTZ" },
  run_id: "UUID",
}
const columns = Object.entries(types).map(([name, type]) => `'${name}': '${type}'`)
const connection = await (await DuckDBInstance.create()).connect()
await connection.run(
  `COPY (SELECT * FROM read_csv('${csv}', header = true, auto_detect = false, nullstr = '', columns = {${columns.join(", ")}})) TO '${parquet}' (FORMAT parquet, COMPRESSION zstd)`,
)
