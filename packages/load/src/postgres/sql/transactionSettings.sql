-- Sent with every BEGIN, after the search path. Nothing may depend on the session, which is anybody's behind PgBouncer; and
-- whatever the role's or the database's own settings are, times and numbers are to be read as we write them.
SET LOCAL TimeZone TO 'UTC';
SET LOCAL DateStyle TO 'ISO';
SET LOCAL extra_float_digits TO 1;
SET LOCAL jit TO off;
SET LOCAL work_mem TO '32MB';
-- Limits of the role or the database would cut off a large day again and again: see docs/decisions/archives.md.
SET LOCAL statement_timeout TO 0;
SET LOCAL lock_timeout TO 0;
SET LOCAL idle_in_transaction_session_timeout TO 0;
-- Since 17.
SELECT set_config('transaction_timeout', '0', true) WHERE current_setting('transaction_timeout', true) IS NOT NULL;
-- Else the server goes on with a statement, or waits for a lock, until there is something to send to whoever is not there
-- any more. Only Linux can tell, and elsewhere the setting is refused.
SELECT set_config('client_connection_check_interval', '1s', true) WHERE version() LIKE '%linux%'
