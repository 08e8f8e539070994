-- $1 day, $2 moment, $3 run.
INSERT INTO encoding (
  work_date, category_id, file_path, output_type, occurrence, category_name, status, link, percent, output_total_size,
  last_work_time, requested_from, requested_before, missing_since, anomalies, raw, first_seen_at, changed_at, run_id
)
SELECT
  $1, staged.category_id, staged.file_path, staged.output_type, 1, staged.category_name, staged.status, staged.link,
  staged.percent, staged.output_total_size, staged.last_work_time, staged.requested_from, staged.requested_before, NULL,
  staged.anomalies, staged.raw, $2, $2, $3
FROM day_difference AS difference
JOIN staged_encoding AS staged ON staged.ctid = difference.staged_at
WHERE difference.fate = 'new'
