-- Every work day of which there is anything at all. From one to the next by the keys, and not by reading all rows.
WITH RECURSIVE present AS (
  SELECT min(work_date) AS work_date FROM encoding
  UNION ALL
  SELECT (SELECT min(work_date) FROM encoding WHERE encoding.work_date > present.work_date)
  FROM present WHERE work_date IS NOT NULL
),
past AS (
  SELECT min(work_date) AS work_date FROM encoding_history
  UNION ALL
  SELECT (SELECT min(work_date) FROM encoding_history AS history WHERE history.work_date > past.work_date)
  FROM past WHERE work_date IS NOT NULL
)
SELECT work_date AS "workDate"
FROM (
  SELECT work_date FROM extraction_day
  UNION SELECT work_date FROM present
  UNION SELECT work_date FROM past
  UNION SELECT work_date FROM rejected_record
) AS held
WHERE work_date IS NOT NULL
ORDER BY work_date
