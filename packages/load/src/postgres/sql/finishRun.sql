UPDATE extraction_run SET
  finished_at = $2,
  outcome = $3,
  days_planned = $4,
  days_skipped = $5,
  days_closed = $6,
  days_open = $7,
  days_failed = $8,
  rows_read = $9,
  rows_inserted = $10,
  rows_changed = $11,
  rows_unchanged = $12,
  rows_missing = $13,
  rows_withdrawn = $14,
  rows_rejected = $15,
  requests = $16,
  retries = $17
WHERE run_id = $1
