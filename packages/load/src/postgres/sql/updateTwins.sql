UPDATE encoding AS stored SET
  category_name = merged.category_name,
  status = merged.status,
  link = merged.link,
  percent = merged.percent,
  output_total_size = merged.output_total_size,
  last_work_time = merged.last_work_time,
  requested_from = merged.requested_from,
  requested_before = merged.requested_before,
  missing_since = merged.missing_since,
  anomalies = merged.anomalies,
  raw = merged.raw,
  changed_at = merged.changed_at,
  run_id = merged.run_id
FROM merged_twin AS merged
WHERE merged.fate IN ('changed', 'touched', 'missing')
  AND merged.work_date = stored.work_date
  AND merged.category_id = stored.category_id
  AND merged.file_path = stored.file_path
  AND merged.output_type = stored.output_type
  AND merged.occurrence = stored.occurrence
