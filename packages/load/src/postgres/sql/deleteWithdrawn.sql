DELETE FROM encoding AS stored
USING day_difference AS difference
WHERE stored.work_date = $1
  AND difference.fate = 'withdrawn'
  AND difference.category_id = stored.category_id
  AND difference.file_path = stored.file_path
  AND difference.output_type = stored.output_type
  AND difference.occurrence = stored.occurrence
