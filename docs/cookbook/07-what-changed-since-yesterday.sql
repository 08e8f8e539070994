-- What has changed since yesterday?
-- In the 24 hours before the last reading: what was new, what went on, what went away. A WAITING row that gains its path goes away under its
-- old name and is new under the other.
WITH since AS (
  SELECT max(read_at) - interval '1 day' AS moment, max(work_date) - 30 AS first_day FROM extraction_day
),
before AS (
  SELECT timeline.*
  FROM encoding_timeline AS timeline, since
  WHERE work_date >= first_day AND valid_from <= moment AND (valid_to > moment OR valid_to IS NULL)
),
after AS (
  SELECT encoding.* FROM encoding, since WHERE work_date >= first_day
)
SELECT
  CASE WHEN before.valid_from IS NULL THEN '(was not there)' ELSE before.status END AS yesterday,
  CASE WHEN after.changed_at IS NULL THEN '(gone)' ELSE after.status END AS today,
  count(*) AS encodings
FROM before
FULL JOIN after USING (work_date, category_id, file_path, output_type, occurrence)
WHERE before.valid_from IS DISTINCT FROM after.changed_at
GROUP BY 1, 2
ORDER BY encodings DESC, 1, 2
