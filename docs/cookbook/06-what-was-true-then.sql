-- What did the archive say of a day at some moment, and what does it say now?
-- `encoding_timeline` holds every state with the time in which it was the archive's latest. Here: what
-- midnight knew of the day that had just ended, the last but one.
WITH told AS (
  SELECT day, (day + 1)::timestamp AT TIME ZONE 'Asia/Seoul' AS moment
  FROM (SELECT max(work_date) - 1 AS day FROM extraction_day) AS last
)
SELECT
  status,
  count(*) FILTER (WHERE valid_from <= moment AND (valid_to > moment OR valid_to IS NULL)) AS encodings_then,
  count(*) FILTER (WHERE valid_to IS NULL) AS encodings_now
FROM encoding_timeline, told
WHERE work_date = day
GROUP BY status
ORDER BY encodings_now DESC, status
