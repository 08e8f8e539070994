-- Which categories grew, and which shrank?
-- The last seven days that are over against the seven before them.
WITH last AS (
  SELECT max(work_date) - 1 AS day FROM extraction_day
)
SELECT
  max(category_name) AS category,
  sum(encodings) FILTER (WHERE work_date <= day - 7)::bigint AS week_before,
  sum(encodings) FILTER (WHERE work_date > day - 7)::bigint AS last_week,
  round(
    100 * sum(encodings) FILTER (WHERE work_date > day - 7) / nullif(sum(encodings) FILTER (WHERE work_date <= day - 7), 0) - 100,
    1
  ) AS percent_more
FROM category_outcome, last
WHERE work_date > (SELECT max(work_date) - 15 FROM extraction_day) AND work_date <= day
GROUP BY category_id
ORDER BY percent_more DESC NULLS FIRST
