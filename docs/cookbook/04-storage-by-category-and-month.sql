-- How fast does each category's storage grow?
-- By the month of the request. The total is of all outputs so far: what was deleted or overwritten meanwhile, the API does not tell.
SELECT
  month,
  category_name AS category,
  outputs,
  round(added_bytes / 1e9, 1) AS gigabytes_added,
  round(total_bytes / 1e9, 1) AS gigabytes_in_all
FROM storage_growth
ORDER BY month, added_bytes DESC
