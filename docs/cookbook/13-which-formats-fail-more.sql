-- Which formats fail more than they did, and since when?
-- The last seven days against the four weeks before them. `worse_since` is the first day of the last unbroken run of days on which the format
-- failed more often than in those four weeks; with few encodings a day that is chance, so look at `failures` too.
WITH daily AS (
  SELECT output_type, work_date, failure, complete + failure AS ended, work_date > max(work_date) OVER () - 7 AS is_late
  FROM output_type_outcome
  WHERE work_date > (SELECT max(work_date) - 35 FROM extraction_day) AND complete + failure > 0
),
shares AS (
  SELECT
    output_type,
    sum(failure) FILTER (WHERE is_late) AS failures,
    100.0 * sum(failure) FILTER (WHERE is_late) / sum(ended) FILTER (WHERE is_late) AS late,
    100.0 * sum(failure) FILTER (WHERE NOT is_late) / sum(ended) FILTER (WHERE NOT is_late) AS early
  FROM daily
  GROUP BY output_type
),
good AS (
  SELECT output_type, max(work_date) AS last_good_day
  FROM daily
  JOIN shares USING (output_type)
  WHERE 100.0 * failure / ended <= early
  GROUP BY output_type
)
SELECT
  output_type,
  failures::bigint AS failures,
  round(early::numeric, 2) AS percent_before,
  round(late::numeric, 2) AS percent_now,
  (SELECT min(work_date) FROM daily WHERE daily.output_type = shares.output_type AND work_date > last_good_day) AS worse_since
FROM shares
LEFT JOIN good USING (output_type)
ORDER BY late - early DESC NULLS LAST, output_type
