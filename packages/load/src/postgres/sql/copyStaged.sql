COPY pg_temp.staged_encoding (
  category_id, file_path, output_type, category_name, status, link, percent, output_total_size, last_work_time,
  requested_from, requested_before, anomalies, raw
) FROM STDIN
