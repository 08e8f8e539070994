-- What there is before role $1 is made to read schema $2: who asks, whom the archive belongs to, and what a role of that name
-- may do beyond reading.
WITH reader AS (SELECT * FROM pg_roles WHERE rolname = $1)
SELECT
  current_user::text AS "self",
  current_database()::text AS "database",
  to_regclass(quote_ident($2) || '.archive_setting') IS NOT NULL AS "archiveExists",
  (SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user) AS "mayMakeRoles",
  EXISTS (SELECT FROM reader) AS "roleExists",
  -- Whoever makes tables there: what they make later is to be readable as well.
  ARRAY (
    SELECT pg_get_userbyid(nspowner)::text FROM pg_namespace WHERE nspname = $2
    UNION
    SELECT pg_get_userbyid(relowner)::text FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident($2))
    ORDER BY 1
  ) AS "owners",
  ARRAY (
    SELECT 'is a superuser' FROM reader WHERE rolsuper
    UNION ALL SELECT 'may make roles' FROM reader WHERE rolcreaterole
    UNION ALL SELECT 'may make databases' FROM reader WHERE rolcreatedb
    UNION ALL SELECT 'may replicate' FROM reader WHERE rolreplication
    UNION ALL SELECT 'is a group, as which nobody logs in' FROM reader WHERE NOT rolcanlogin
    UNION ALL
    SELECT 'belongs to ' || pg_get_userbyid(roleid) FROM pg_auth_members JOIN reader ON member = reader.oid
    UNION ALL
    (SELECT 'owns tables or other things' FROM pg_shdepend JOIN reader ON refobjid = reader.oid
     WHERE refclassid = 'pg_authid'::regclass AND deptype = 'o' LIMIT 1)
    UNION ALL
    SELECT format('has %s on table %s.%I', privilege_type, relnamespace::regnamespace, relname)
    FROM pg_class, aclexplode(relacl) JOIN reader ON grantee = reader.oid WHERE privilege_type <> 'SELECT'
    UNION ALL
    SELECT format('has %s on schema %I', privilege_type, nspname)
    FROM pg_namespace, aclexplode(nspacl) JOIN reader ON grantee = reader.oid WHERE privilege_type <> 'USAGE'
    UNION ALL
    SELECT format('has %s on database %I', privilege_type, datname)
    FROM pg_database, aclexplode(datacl) JOIN reader ON grantee = reader.oid WHERE privilege_type <> 'CONNECT'
  ) AS "beyondReading"
