-- Else the server goes on with a statement, or waits for a lock, until there is something to send to whoever is not there
-- any more. Only Linux can tell, and elsewhere the setting is refused.
SELECT set_config('client_connection_check_interval', '1s', true) WHERE version() LIKE '%linux%'
