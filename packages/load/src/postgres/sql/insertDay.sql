-- $1 day, $2 moment, $3 run. Where the day holds no rows of these identities: all but the twins are new, without a comparison.
INSERT INTO encoding (
  work_date, category_id, file_path, output_type, occurrence, category_name, status, link, percent, output_total_size,
  last_work_time, requested_from, requested_before, missing_since, anomalies, raw, first_seen_at, changed_at, run_id
)
SELECT
  $1, staged.category_id, staged.file_path, staged.output_type, 1, staged.category_name, staged.status, staged.link,
  staged.percent, staged.output_total_size, staged.last_work_time, staged.requested_from, staged.requested_before, NULL,
  staged.anomalies, staged.raw, $2, $2, $3
FROM staged_encoding AS staged
WHERE NOT EXISTS (
  SELECT FROM twin_identity AS twin
  WHERE twin.category_id = staged.category_id
    AND twin.file_path = staged.file_path
    AND twin.output_type = staged.output_type
)
