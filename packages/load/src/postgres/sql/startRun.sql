INSERT INTO extraction_run (run_id, command, started_at, options, version)
VALUES ($1, $2, $3, $4, $5)
-- It came through, and only the answer to it was lost.
ON CONFLICT (run_id) DO NOTHING
