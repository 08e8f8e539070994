DELETE FROM encoding AS stored
USING merged_twin AS merged
WHERE merged.fate = 'withdrawn'
  AND merged.work_date = stored.work_date
  AND merged.category_id = stored.category_id
  AND merged.file_path = stored.file_path
  AND merged.output_type = stored.output_type
  AND merged.occurrence = stored.occurrence
