-- What role $1 may do once it was granted to read schema $2. A grant that whoever asks may not pass on is only a warning of
-- the server's, so it is looked at and not believed.
SELECT
  has_database_privilege($1, current_database(), 'CONNECT') AS "connects",
  ARRAY (
    SELECT c.relname || ' of ' || pg_get_userbyid(c.relowner)
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = $2 AND c.relkind IN ('r', 'v', 'm', 'p')
    AND NOT (has_schema_privilege($1, n.oid, 'USAGE') AND has_table_privilege($1, c.oid, 'SELECT'))
    ORDER BY 1
  ) AS "unreadable",
  -- What everybody may do here, and the role with them.
  has_database_privilege($1, current_database(), 'TEMPORARY') AS "makesTemporaryTables",
  ARRAY (
    SELECT nspname::text FROM pg_namespace
    WHERE nspname !~ '^pg_' AND has_schema_privilege($1, oid, 'CREATE')
    ORDER BY 1
  ) AS "makesTablesIn",
  ARRAY (
    SELECT DISTINCT n.nspname::text
    FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname NOT IN ($2, 'information_schema') AND n.nspname !~ '^pg_' AND c.relkind IN ('r', 'v', 'm', 'p', 'f')
    AND has_schema_privilege($1, n.oid, 'USAGE')
    AND has_table_privilege($1, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
    ORDER BY 1
  ) AS "reachesIn"
