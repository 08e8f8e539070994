-- Every column of every table and view of schema $1, in order, and what an export must know of it. keyPosition is the
-- column's place in the primary key, from 1.
SELECT
  relation.relname AS "table",
  attribute.attname AS "column",
  attribute.atttypid::regtype::text AS "type",
  format_type(attribute.atttypid, attribute.atttypmod) AS "declared",
  attribute.attcollation NOT IN (0, '"C"'::regcollation) AS "otherCollation",
  array_position(key.conkey, attribute.attnum) AS "keyPosition"
FROM pg_class AS relation
JOIN pg_attribute AS attribute ON attribute.attrelid = relation.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
LEFT JOIN pg_constraint AS key ON key.conrelid = relation.oid AND key.contype = 'p'
WHERE relation.relnamespace = to_regnamespace(quote_ident($1)) AND relation.relkind IN ('r', 'p', 'v', 'm', 'f')
ORDER BY relation.relname COLLATE "C", attribute.attnum
