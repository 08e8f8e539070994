-- $1 day, $2 moment.
UPDATE encoding AS stored SET missing_since = $2
FROM day_difference AS difference
WHERE stored.work_date = $1
  AND difference.fate = 'missing'
  AND difference.category_id = stored.category_id
  AND difference.file_path = stored.file_path
  AND difference.output_type = stored.output_type
  AND difference.occurrence = stored.occurrence
