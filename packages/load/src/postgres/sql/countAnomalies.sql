-- $1 first day. The condition on the array is that of the index.
SELECT
  anomaly AS reason,
  count(*) AS rows,
  count(DISTINCT work_date) AS days,
  min(work_date) AS "firstDay",
  max(work_date) AS "lastDay"
FROM encoding, unnest(anomalies) AS anomaly
WHERE work_date >= $1 AND cardinality(anomalies) > 0
GROUP BY anomaly
ORDER BY rows DESC, anomaly
