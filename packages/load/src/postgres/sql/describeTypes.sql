-- The types $1 with their modifiers $2, as text.
SELECT oid::regtype::text AS "type", format_type(oid, modifier) AS "declared"
FROM unnest($1::oid[], $2::int[]) WITH ORDINALITY AS asked (oid, modifier, position)
ORDER BY position
