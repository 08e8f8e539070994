-- How often does each format fail, week by week?
-- Weeks begin on Monday. The share is of what ended as COMPLETE or FAILURE; add up counts and never percents.
SELECT
  output_type,
  date_trunc('week', work_date::timestamp)::date AS week,
  sum(complete + failure)::bigint AS ended,
  sum(failure)::bigint AS failures,
  round(100 * sum(failure) / nullif(sum(complete + failure), 0), 2) AS percent
FROM output_type_outcome
WHERE work_date >= (SELECT date_trunc('week', max(work_date)::timestamp)::date - 7 FROM extraction_day)
GROUP BY output_type, week
ORDER BY output_type, week
