-- $1 moment, $2 run. Before anything is updated: the stored states are copied as they are.
INSERT INTO encoding_history (
  work_date, category_id, file_path, output_type, occurrence, category_name, status, link, percent, output_total_size,
  last_work_time, requested_from, requested_before, missing_since, anomalies, raw, first_seen_at, changed_at, run_id,
  superseded_at, superseded_by_run
)
SELECT
  stored.work_date, stored.category_id, stored.file_path, stored.output_type, stored.occurrence, stored.category_name,
  stored.status, stored.link, stored.percent, stored.output_total_size, stored.last_work_time, stored.requested_from,
  stored.requested_before, stored.missing_since, stored.anomalies, stored.raw, stored.first_seen_at, stored.changed_at,
  stored.run_id, $1, $2
FROM encoding AS stored
JOIN merged_twin AS merged USING (work_date, category_id, file_path, output_type, occurrence)
WHERE merged.fate IN ('changed', 'withdrawn')
