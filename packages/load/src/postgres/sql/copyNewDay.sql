-- The fast way for a day that holds no rows: straight into the table.
COPY encoding (
  work_date, occurrence, category_id, file_path, output_type, category_name, status, link, percent, output_total_size,
  last_work_time, requested_from, requested_before, anomalies, raw, missing_since, first_seen_at, changed_at, run_id
) FROM STDIN
