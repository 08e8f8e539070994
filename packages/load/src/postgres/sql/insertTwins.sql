-- After the withdrawn ones are deleted, whose occurrence a new one may take.
INSERT INTO encoding (
  work_date, occurrence, category_id, file_path, output_type, category_name, status, link, percent, output_total_size,
  last_work_time, requested_from, requested_before, anomalies, raw, missing_since, first_seen_at, changed_at, run_id
)
SELECT
  work_date, occurrence, category_id, file_path, output_type, category_name, status, link, percent, output_total_size,
  last_work_time, requested_from, requested_before, anomalies, raw, missing_since, first_seen_at, changed_at, run_id
FROM merged_twin
WHERE fate = 'inserted'
