-- $1 day, $2 moment, $3 run.
UPDATE encoding AS stored SET
  category_name = staged.category_name,
  status = staged.status,
  link = staged.link,
  percent = staged.percent,
  output_total_size = staged.output_total_size,
  last_work_time = staged.last_work_time,
  requested_from = greatest(stored.requested_from, staged.requested_from),
  requested_before = least(stored.requested_before, staged.requested_before),
  missing_since = NULL,
  anomalies = staged.anomalies,
  raw = staged.raw,
  changed_at = $2,
  run_id = $3
FROM day_difference AS difference
JOIN staged_encoding AS staged ON staged.ctid = difference.staged_at
WHERE stored.work_date = $1
  AND difference.fate = 'changed'
  AND difference.category_id = stored.category_id
  AND difference.file_path = stored.file_path
  AND difference.output_type = stored.output_type
  AND difference.occurrence = stored.occurrence
