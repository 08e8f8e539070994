-- $1 day, $2 run, $3 error. Of a day that was loaded before only the error is set: its run is the one that loaded it.
INSERT INTO extraction_day AS day (work_date, state, run_id, error)
VALUES ($1, 'failed', $2, $3)
ON CONFLICT (work_date) DO UPDATE SET
  error = excluded.error,
  run_id = CASE WHEN day.state = 'failed' THEN excluded.run_id ELSE day.run_id END
