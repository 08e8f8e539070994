/** The type of each column of the archive's tables, in their order, as DuckDB calls it: the types of docs/archive.md. */

const key = {
  work_date: "DATE",
  category_id: "BIGINT",
  file_path: "VARCHAR",
  output_type: "VARCHAR",
  occurrence: "INTEGER",
}

const state = {
  category_name: "VARCHAR",
  status: "VARCHAR",
  link: "VARCHAR",
  percent: "DOUBLE",
  output_total_size: "BIGINT",
  last_work_time: "TIMESTAMPTZ",
  requested_from: "TIMESTAMPTZ",
  requested_before: "TIMESTAMPTZ",
  missing_since: "TIMESTAMPTZ",
  anomalies: "VARCHAR[]",
}

// JSON stays text: DuckDB refuses some that the API may send, such as a lone surrogate.
const origin = { raw: "VARCHAR", first_seen_at: "TIMESTAMPTZ", changed_at: "TIMESTAMPTZ", run_id: "UUID" }

export type ColumnTypes = Readonly<Record<string, string>>

/** By table. */
export const columnTypes = {
  archive_setting: { name: "VARCHAR", value: "VARCHAR" },
  encoding: { ...key, ...state, ...origin },
  encoding_history: { ...key, ...state, ...origin, superseded_at: "TIMESTAMPTZ", superseded_by_run: "UUID" },
  extraction_day: {
    work_date: "DATE",
    state: "VARCHAR",
    proof: "VARCHAR",
    api_total: "BIGINT",
    row_count: "BIGINT",
    open_rows: "BIGINT",
    rejected_rows: "BIGINT",
    requests: "INTEGER",
    pages: "INTEGER",
    read_at: "TIMESTAMPTZ",
    run_id: "UUID",
    digest: "VARCHAR",
    error: "VARCHAR",
  },
  extraction_run: {
    run_id: "UUID",
    command: "VARCHAR",
    started_at: "TIMESTAMPTZ",
    finished_at: "TIMESTAMPTZ",
    outcome: "VARCHAR",
    days_planned: "INTEGER",
    days_skipped: "INTEGER",
    days_closed: "INTEGER",
    days_open: "INTEGER",
    days_failed: "INTEGER",
    rows_read: "BIGINT",
    rows_inserted: "BIGINT",
    rows_changed: "BIGINT",
    rows_unchanged: "BIGINT",
    rows_missing: "BIGINT",
    rows_withdrawn: "BIGINT",
    rows_rejected: "BIGINT",
    requests: "BIGINT",
    retries: "BIGINT",
    options: "VARCHAR",
    version: "VARCHAR",
  },
  rejected_record: {
    work_date: "DATE",
    fingerprint: "VARCHAR",
    reason: "VARCHAR",
    payload: "VARCHAR",
    count: "BIGINT",
    first_seen_at: "TIMESTAMPTZ",
    run_id: "UUID",
  },
} satisfies Readonly<Record<string, ColumnTypes>>

/** What the files hold whose columns are not a table's own. */
export const fileColumnTypes = {
  encoding: { ...key, ...state },
  encoding_provenance: {
    ...key,
    ...{ first_seen_at: "TIMESTAMPTZ", changed_at: "TIMESTAMPTZ", run_id: "UUID", raw: "VARCHAR" },
  },
  encoding_history: columnTypes.encoding_history,
  rejected: columnTypes.rejected_record,
} satisfies Readonly<Record<string, ColumnTypes>>
