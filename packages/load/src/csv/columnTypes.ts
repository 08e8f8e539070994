/** The type of each column of the archive's tables, in their order, as DuckDB calls it: the types of docs/archive.md. */
import type { TypedColumn } from "../rowsText.ts"

const text = "VARCHAR"

const key = {
  work_date: "DATE",
  category_id: "BIGINT",
  file_path: text,
  output_type: text,
  occurrence: "INTEGER",
}

const state = {
  category_name: text,
  status: text,
  link: text,
  percent: "DOUBLE",
  output_total_size: "BIGINT",
  last_work_time: "TIMESTAMPTZ",
  requested_from: "TIMESTAMPTZ",
  requested_before: "TIMESTAMPTZ",
  missing_since: "TIMESTAMPTZ",
  anomalies: "VARCHAR[]",
}

// JSON stays text: DuckDB refuses some that the API may send, such as a lone surrogate.
const origin = { raw: text, first_seen_at: "TIMESTAMPTZ", changed_at: "TIMESTAMPTZ", run_id: "UUID" }

export type ColumnTypes = Readonly<Record<string, string>>

/** By table. */
export const columnTypes = {
  archive_setting: { name: text, value: text },
  encoding: { ...key, ...state, ...origin },
  encoding_history: { ...key, ...state, ...origin, superseded_at: "TIMESTAMPTZ", superseded_by_run: "UUID" },
  extraction_day: {
    work_date: "DATE",
    state: text,
    proof: text,
    api_total: "BIGINT",
    row_count: "BIGINT",
    open_rows: "BIGINT",
    rejected_rows: "BIGINT",
    requests: "INTEGER",
    pages: "INTEGER",
    read_at: "TIMESTAMPTZ",
    run_id: "UUID",
    digest: text,
    error: text,
  },
  extraction_run: {
    run_id: "UUID",
    command: text,
    started_at: "TIMESTAMPTZ",
    finished_at: "TIMESTAMPTZ",
    outcome: text,
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
    options: text,
    version: text,
  },
  rejected_record: {
    work_date: "DATE",
    fingerprint: text,
    reason: text,
    payload: text,
    count: "BIGINT",
    first_seen_at: "TIMESTAMPTZ",
    run_id: "UUID",
  },
} satisfies Readonly<Record<string, ColumnTypes>>

/** The columns of a table, in order. */
export const tableColumns = (table: string): ReadonlyArray<TypedColumn> =>
  Object.entries((columnTypes as Readonly<Record<string, ColumnTypes>>)[table]!).map(([name, type]) => ({
    name,
    type,
  }))

/** What the files hold whose columns are not a table's own. */
export const fileColumnTypes = {
  encoding: { ...key, ...state },
  encoding_provenance: {
    ...key,
    ...{ first_seen_at: "TIMESTAMPTZ", changed_at: "TIMESTAMPTZ", run_id: "UUID", raw: text },
  },
  encoding_history: columnTypes.encoding_history,
  rejected: columnTypes.rejected_record,
} satisfies Readonly<Record<string, ColumnTypes>>
