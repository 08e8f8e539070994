SELECT
  reason,
  sum(count)::bigint AS rows,
  count(DISTINCT work_date) AS days,
  min(work_date) AS "firstDay",
  max(work_date) AS "lastDay"
FROM rejected_record
GROUP BY reason
ORDER BY rows DESC, reason
