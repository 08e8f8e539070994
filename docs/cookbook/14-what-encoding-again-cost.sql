-- What did encoding again cost, by category and month?
-- A file that had been encoded into the same format before, on that day or an earlier one: the second time and every further one, as far back
-- as the archive goes. The API tells no prices: multiply by yours.
WITH output AS (
  SELECT
    *,
    row_number() OVER (
      PARTITION BY category_id, file_path, output_type
      ORDER BY work_date, last_work_time, occurrence
    ) AS time
  FROM encoding
  WHERE file_path <> '' AND status = 'COMPLETE'
)
SELECT
  date_trunc('month', work_date::timestamp)::date AS month,
  max(category_name) AS category,
  count(*) FILTER (WHERE time > 1) AS again,
  count(*) AS complete,
  round(100.0 * count(*) FILTER (WHERE time > 1) / count(*), 2) AS percent,
  round(sum(output_total_size) FILTER (WHERE time > 1) / 1e9, 1) AS gigabytes_again
FROM output
GROUP BY month, category_id
ORDER BY month, gigabytes_again DESC NULLS LAST, category
