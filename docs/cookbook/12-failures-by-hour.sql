-- At what time of day do encodings fail?
-- By when they ended, in Korean time: `last_work_time` is a moment, and it is up to the question in whose time zone.
SELECT
  lpad((3 * floor(extract(hour FROM last_work_time AT TIME ZONE 'Asia/Seoul') / 3))::integer::text, 2, '0') || ':00' AS from_hour,
  count(*) AS ended,
  count(*) FILTER (WHERE status = 'FAILURE') AS failures,
  round(100.0 * count(*) FILTER (WHERE status = 'FAILURE') / count(*), 2) AS percent
FROM encoding
WHERE status IN ('COMPLETE', 'FAILURE')
  AND last_work_time IS NOT NULL
  AND work_date > (SELECT max(work_date) - 28 FROM extraction_day)
GROUP BY from_hour
ORDER BY from_hour
