-- What is still to be done, and how old is it?
-- As of the last reading. What is older than yesterday is stuck: the view `stuck_encoding` names each of those.
SELECT
  stored.status,
  count(*) AS encodings,
  min(work_date) AS oldest_day,
  count(*) FILTER (WHERE work_date < (SELECT max(work_date) - 1 FROM extraction_day)) AS stuck
FROM extraction_day AS day
JOIN encoding AS stored USING (work_date)
WHERE day.state = 'open'
  AND stored.missing_since IS NULL
  AND (stored.status IS NULL OR stored.status NOT IN ('COMPLETE', 'FAILURE', 'CANCELED'))
GROUP BY stored.status
ORDER BY encodings DESC
