-- Same state, but it is listed again or was read in a smaller cell: in place, without history.
UPDATE encoding AS stored SET
  requested_from = greatest(stored.requested_from, staged.requested_from),
  requested_before = least(stored.requested_before, staged.requested_before),
  missing_since = NULL
FROM day_difference AS difference
JOIN staged_encoding AS staged ON staged.ctid = difference.staged_at
WHERE stored.work_date = $1
  AND difference.fate = 'touched'
  AND difference.category_id = stored.category_id
  AND difference.file_path = stored.file_path
  AND difference.output_type = stored.output_type
  AND difference.occurrence = stored.occurrence
