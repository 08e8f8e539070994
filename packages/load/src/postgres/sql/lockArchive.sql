-- One program makes or updates the archive at a time; given back when the transaction ends.
SELECT pg_advisory_xact_lock(hashtextextended('vodstation-etl migrate ' || $1::text, 0))
