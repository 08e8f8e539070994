-- What the program needs of a database of your own, and a role for BI tools that can only read, for psql as a superuser:
--   psql --dbname=vodstation --set=writer_password=… --set=reader_password=… --file=deploy/postgres/roles.sql
-- An archive in another schema (VODSTATION_SCHEMA): add --set=schema=NAME.
\set ON_ERROR_STOP on
\if :{?schema}
\else
  \set schema vodstation
\endif
CREATE ROLE vodstation_writer LOGIN PASSWORD :'writer_password';
CREATE ROLE vodstation_reader LOGIN PASSWORD :'reader_password';
SELECT format('REVOKE ALL ON DATABASE %1$I FROM PUBLIC; GRANT CONNECT, TEMPORARY ON DATABASE %1$I TO vodstation_writer; GRANT CONNECT ON DATABASE %1$I TO vodstation_reader', current_database()) \gexec
CREATE SCHEMA :"schema" AUTHORIZATION vodstation_writer;
GRANT USAGE ON SCHEMA :"schema" TO vodstation_reader;
-- The tables are made by the first run; what it makes, and what later versions add, may be read as well.
ALTER DEFAULT PRIVILEGES FOR ROLE vodstation_writer IN SCHEMA :"schema" GRANT SELECT ON TABLES TO vodstation_reader;
ALTER ROLE vodstation_reader SET search_path = :"schema";
