-- What did the archive say of a day at some moment, and what does it say now?
-- `encoding_timeline` holds every state with the time in which it was the archive's latest. Here: what midnight knew of a day that had just ended.
WITH told AS (
  SELECT timestamptz '2026-08-14 00:00+09' AS moment
)
SELECT
  status,
  count(*) FILTER (WHERE valid_from <= moment AND (valid_to > moment OR valid_to IS NULL)) AS encodings_then,
  count(*) FILTER (WHERE valid_to IS NULL) AS encodings_now
FROM encoding_timeline, told
WHERE work_date = DATE '2026-08-13'
GROUP BY status
ORDER BY encodings_now DESC, status
