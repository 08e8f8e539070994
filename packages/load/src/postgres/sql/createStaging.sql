-- Where the rows of a day wait to be compared with those of the archive. The columns are those of encoding that the API gives.
CREATE TEMPORARY TABLE staged_encoding ON COMMIT DROP AS
SELECT
  category_id, file_path, output_type, category_name, status, link, percent, output_total_size, last_work_time,
  requested_from, requested_before, anomalies, raw
FROM encoding
WITH NO DATA
