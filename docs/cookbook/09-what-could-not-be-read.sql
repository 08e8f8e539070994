-- What of the API's answers could not be understood?
-- Rows with an anomaly are loaded, with NULL for what could not be read and the original in `raw`. Rejects are rows without an identity, kept as
-- they came in `rejected_record`.
SELECT 'anomaly' AS kind, anomaly AS what, count(*) AS encodings, min(work_date) AS first, max(work_date) AS last
FROM encoding, unnest(anomalies) AS listed (anomaly)
GROUP BY anomaly
UNION ALL
SELECT 'reject', reason, sum(count)::bigint, min(work_date), max(work_date)
FROM rejected_record
GROUP BY reason
ORDER BY encodings DESC, what
