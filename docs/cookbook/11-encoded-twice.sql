-- Which files were encoded twice in a day, into the same format?
-- The API gives rows no id: the archive tells such twins apart by `occurrence`. Each was paid for.
SELECT
  work_date,
  category_name AS category,
  file_path,
  output_type,
  count(*) AS times,
  round(sum(output_total_size) / 1e6) AS megabytes
FROM encoding
WHERE work_date > (SELECT max(work_date) - 7 FROM extraction_day)
GROUP BY work_date, category_id, category_name, file_path, output_type
HAVING max(occurrence) > 1 AND file_path <> ''
ORDER BY megabytes DESC NULLS LAST, work_date, file_path, output_type
LIMIT 8
