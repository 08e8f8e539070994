-- One merge of a day at a time, in this schema; given back when the transaction ends.
SELECT pg_advisory_xact_lock(hashtextextended('vodstation-etl day ' || current_schema() || ' ' || $1::date, 0))
