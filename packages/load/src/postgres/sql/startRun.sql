INSERT INTO extraction_run (run_id, command, started_at, options, version)
VALUES ($1, $2, $3, $4, $5)
