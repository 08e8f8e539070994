-- What mergeIdentity made of the twins: whole rows as they shall be, with their fate, and of withdrawn rows the last state.
CREATE TEMPORARY TABLE merged_twin ON COMMIT DROP AS
SELECT
  work_date, occurrence, category_id, file_path, output_type, category_name, status, link, percent, output_total_size,
  last_work_time, requested_from, requested_before, anomalies, raw, missing_since, first_seen_at, changed_at, run_id,
  CAST(NULL AS text) AS fate
FROM encoding
WITH NO DATA
