-- $1 first day or NULL, $2 day after the last or NULL.
SELECT
  work_date AS "workDate", state, proof, api_total AS "apiTotal", row_count AS "rowCount", open_rows AS "openRows",
  rejected_rows AS "rejectedRows", requests, pages, read_at AS "readAt", run_id AS "runId", digest, error
FROM extraction_day
WHERE ($1::date IS NULL OR work_date >= $1) AND ($2::date IS NULL OR work_date < $2)
ORDER BY work_date
