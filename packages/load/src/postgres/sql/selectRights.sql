-- What the server and the role allow, for whoever wants to know before loading. $1 is the archive's schema, which need not exist.
SELECT
  current_user AS "role",
  current_database() AS "database",
  current_setting('server_version') AS "version",
  current_setting('server_version_num')::int / 10000 AS "major",
  pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on' AS "readOnly",
  has_database_privilege(current_database(), 'TEMPORARY') AS "mayMakeTemporaryTables",
  has_database_privilege(current_database(), 'CREATE') AS "mayMakeSchemas",
  pg_database_size(current_database())::float8 AS "bytes",
  EXISTS (SELECT FROM pg_namespace WHERE nspname = $1) AS "schemaExists",
  EXISTS (
    SELECT FROM pg_namespace WHERE nspname = $1
    AND has_schema_privilege(oid, 'USAGE') AND has_schema_privilege(oid, 'CREATE')
  ) AS "mayUseSchema",
  ARRAY (
    SELECT c.relname::text FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname = $1 AND c.relkind = 'r'
    AND NOT (
      has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
      AND has_table_privilege(c.oid, 'UPDATE') AND has_table_privilege(c.oid, 'DELETE')
    )
    ORDER BY 1
  ) AS "closedTables"
