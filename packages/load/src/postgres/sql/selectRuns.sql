SELECT
  run_id AS "runId", command, started_at AS "startedAt", options, version, finished_at AS "finishedAt", outcome,
  days_planned AS "daysPlanned", days_skipped AS "daysSkipped", days_closed AS "daysClosed", days_open AS "daysOpen",
  days_failed AS "daysFailed", rows_read AS "rowsRead", rows_inserted AS "rowsInserted", rows_changed AS "rowsChanged",
  rows_unchanged AS "rowsUnchanged", rows_missing AS "rowsMissing", rows_withdrawn AS "rowsWithdrawn",
  rows_rejected AS "rowsRejected", requests, retries
FROM extraction_run
ORDER BY started_at DESC, run_id DESC
LIMIT $1
