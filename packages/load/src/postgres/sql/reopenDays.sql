-- In the order of their dates, so that two programs that reopen days never wait for each other.
UPDATE extraction_day AS day SET state = 'open'
FROM (
  SELECT work_date FROM extraction_day
  WHERE work_date = ANY ($1::date[]) AND state = 'closed'
  ORDER BY work_date
  FOR UPDATE
) AS closed
WHERE closed.work_date = day.work_date
