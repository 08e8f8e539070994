/** For tests: every column of every table and view that both kinds of archive export, with its type in Parquet as DuckDB calls it. */
const time = "TIMESTAMP WITH TIME ZONE"
const state = {
  ...{ work_date: "DATE", category_id: "BIGINT", file_path: "VARCHAR", output_type: "VARCHAR" },
  ...{ occurrence: "INTEGER", category_name: "VARCHAR", status: "VARCHAR", link: "VARCHAR" },
  ...{ percent: "DOUBLE", output_total_size: "BIGINT", last_work_time: time, requested_from: time },
  ...{ requested_before: time, missing_since: time, anomalies: "VARCHAR[]", raw: "VARCHAR" },
  ...{ first_seen_at: time, changed_at: time, run_id: "UUID" },
}
const counts = {
  ...{ encodings: "BIGINT", complete: "BIGINT", failure: "BIGINT", canceled: "BIGINT", unfinished: "BIGINT" },
  ...{ failure_percent: "DOUBLE", missing: "BIGINT" },
}
const day = {
  ...{ proof: "VARCHAR", api_total: "BIGINT", row_count: "BIGINT", open_rows: "BIGINT" },
  rejected_rows: "BIGINT",
}
const rowKey = {
  ...{ work_date: "DATE", category_id: "BIGINT", file_path: "VARCHAR", output_type: "VARCHAR" },
  ...{ occurrence: "INTEGER", category_name: "VARCHAR" },
}
const bytes = "DECIMAL(38,0)"

/** By table or view, and by column. */
export const typesOf: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  archive_setting: { name: "VARCHAR", value: "VARCHAR" },
  encoding: state,
  encoding_history: { ...state, superseded_at: time, superseded_by_run: "UUID" },
  extraction_day: {
    ...{ work_date: "DATE", state: "VARCHAR", ...day, requests: "INTEGER", pages: "INTEGER" },
    ...{ read_at: time, run_id: "UUID", digest: "VARCHAR", error: "VARCHAR" },
  },
  extraction_run: {
    ...{ run_id: "UUID", command: "VARCHAR", started_at: time, finished_at: time, outcome: "VARCHAR" },
    ...{ days_planned: "INTEGER", days_skipped: "INTEGER", days_closed: "INTEGER", days_open: "INTEGER" },
    ...{ days_failed: "INTEGER", rows_read: "BIGINT", rows_inserted: "BIGINT", rows_changed: "BIGINT" },
    ...{
      rows_unchanged: "BIGINT",
      rows_missing: "BIGINT",
      rows_withdrawn: "BIGINT",
      rows_rejected: "BIGINT",
    },
    ...{ requests: "BIGINT", retries: "BIGINT", options: "VARCHAR", version: "VARCHAR" },
  },
  rejected_record: {
    ...{ work_date: "DATE", fingerprint: "VARCHAR", reason: "VARCHAR", payload: "VARCHAR", count: "BIGINT" },
    ...{ first_seen_at: time, run_id: "UUID" },
  },
  category_outcome: {
    ...{ work_date: "DATE", category_id: "BIGINT", category_name: "VARCHAR", ...counts, output_bytes: bytes },
  },
  coverage: {
    ...{ work_date: "DATE", state: "VARCHAR", ...day, read_at: time, run_id: "UUID", error: "VARCHAR" },
  },
  daily_outcome: {
    ...{ work_date: "DATE", day_state: "VARCHAR", ...counts, rejected: "BIGINT", output_bytes: bytes },
  },
  encoding_timeline: (({ changed_at, ...rest }) => ({
    ...{ ...rest, valid_from: changed_at, valid_to: time, superseded_by_run: "UUID" },
  }))(state),
  failed_encoding: {
    ...{ ...rowKey, percent: "DOUBLE", last_work_time: time, requested_from: time, requested_before: time },
    ...{ missing_since: time, anomalies: "VARCHAR[]", changed_at: time },
  },
  output_type_outcome: { work_date: "DATE", output_type: "VARCHAR", ...counts, output_bytes: bytes },
  storage_growth: {
    ...{ month: "DATE", category_id: "BIGINT", category_name: "VARCHAR", outputs: "BIGINT" },
    ...{ added_bytes: bytes, total_bytes: bytes },
  },
  stuck_encoding: {
    ...{ ...rowKey, status: "VARCHAR", percent: "DOUBLE", stuck_since: time, age_days: "INTEGER" },
    ...{ last_work_time: time, changed_at: time },
  },
}
