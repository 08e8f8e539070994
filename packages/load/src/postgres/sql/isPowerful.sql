-- Whether this role could reach the server's files, or anything else beyond the database.
SELECT rolsuper OR EXISTS (
  SELECT FROM pg_roles AS power
  WHERE power.rolname IN ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program')
    AND pg_has_role(current_user, power.oid, 'MEMBER')
) AS "powerful"
FROM pg_roles
WHERE rolname = current_user
