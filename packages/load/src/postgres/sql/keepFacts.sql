-- $1 names, $2 values beside them; NULL forgets.
WITH fact AS (
  SELECT 'api_' || name AS name, value FROM unnest($1::text[], $2::text[]) AS fact (name, value)
), forgotten AS (
  DELETE FROM archive_setting USING fact WHERE fact.name = archive_setting.name AND fact.value IS NULL
)
INSERT INTO archive_setting (name, value)
SELECT name, value FROM fact WHERE value IS NOT NULL ORDER BY name
ON CONFLICT (name) DO UPDATE SET value = excluded.value
