INSERT INTO extraction_day (
  work_date, state, proof, api_total, row_count, open_rows, rejected_rows, requests, pages, read_at, run_id, digest, error
)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
ON CONFLICT (work_date) DO UPDATE SET
  state = excluded.state,
  proof = excluded.proof,
  api_total = excluded.api_total,
  row_count = excluded.row_count,
  open_rows = excluded.open_rows,
  rejected_rows = excluded.rejected_rows,
  requests = excluded.requests,
  pages = excluded.pages,
  read_at = excluded.read_at,
  run_id = excluded.run_id,
  digest = excluded.digest,
  error = excluded.error
