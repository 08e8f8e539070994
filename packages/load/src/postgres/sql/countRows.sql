-- $1 first day, $2 day after the last.
SELECT
  work_date AS "workDate",
  coalesce(present, 0) AS present,
  coalesce(missing, 0) AS missing,
  coalesce(rejected, 0)::bigint AS rejected
FROM (
  SELECT
    work_date,
    count(*) FILTER (WHERE missing_since IS NULL) AS present,
    count(*) FILTER (WHERE missing_since IS NOT NULL) AS missing
  FROM encoding
  WHERE work_date >= $1 AND work_date < $2
  GROUP BY work_date
) AS encodings
FULL JOIN (
  SELECT work_date, sum(count) AS rejected
  FROM rejected_record
  WHERE work_date >= $1 AND work_date < $2
  GROUP BY work_date
) AS rejects USING (work_date)
ORDER BY work_date
