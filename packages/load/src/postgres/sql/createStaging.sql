-- Where rows of a day wait until they are merged. Lives in the session and not in a transaction, so that a reading that
-- takes long keeps neither a lock nor an old snapshot. The columns are those of encoding that the API gives.
CREATE TEMPORARY TABLE staged_encoding ON COMMIT PRESERVE ROWS AS
SELECT
  category_id, file_path, output_type, category_name, status, link, percent, output_total_size, last_work_time,
  requested_from, requested_before, anomalies, raw
FROM encoding
WITH NO DATA
