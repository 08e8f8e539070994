-- What the archive holds of a day before it is merged, and whether it holds any rows of it.
SELECT
  read_at AS "readAt",
  row_count AS "rowCount",
  digest,
  error,
  run_id AS "runId",
  EXISTS (SELECT FROM encoding WHERE encoding.work_date = day.work_date) AS "holdsRows"
FROM (SELECT $1::date AS work_date) AS day
LEFT JOIN extraction_day USING (work_date)
