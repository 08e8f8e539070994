-- What opening an archive needs to know of its schema, $1.
SELECT
  EXISTS (SELECT FROM pg_namespace WHERE nspname = $1) AS "schemaExists",
  to_regclass(quote_ident($1) || '.archive_migration') IS NOT NULL AS "hasMigrations",
  to_regclass(quote_ident($1) || '.archive_setting') IS NOT NULL AS "hasSettings"
