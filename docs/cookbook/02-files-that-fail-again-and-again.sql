-- Which files fail again and again?
-- Of the last four weeks, in whatever format and on whatever day. The API's path ends in the format's name, so without that it stands for the file.
-- Where nothing at all is complete, the file itself is probably broken.
WITH output AS (
  SELECT *, replace(file_path, '_' || output_type, '') AS file
  FROM encoding
  WHERE work_date > (SELECT max(work_date) - 28 FROM extraction_day) AND file_path <> ''
)
SELECT
  max(category_name) AS category,
  file,
  count(*) FILTER (WHERE status = 'FAILURE') AS failures,
  count(*) FILTER (WHERE status = 'COMPLETE') AS complete,
  string_agg(output_type, ', ' ORDER BY output_type) FILTER (WHERE status = 'FAILURE') AS failed_as
FROM output
WHERE (category_id, file) IN (SELECT category_id, file FROM output WHERE status = 'FAILURE')
GROUP BY category_id, file
HAVING count(*) FILTER (WHERE status = 'FAILURE') > 1
ORDER BY failures DESC, complete, file
LIMIT 8
