-- $1 schema. With indexes, and what is stored beside the rows.
SELECT part, sum(bytes)::bigint AS bytes
FROM (
  SELECT
    CASE WHEN relname IN ('encoding', 'encoding_history', 'rejected_record') THEN relname::text ELSE 'other' END AS part,
    pg_total_relation_size(oid) AS bytes
  FROM pg_class
  WHERE relnamespace = to_regnamespace(quote_ident($1)) AND relkind IN ('r', 'm')
) AS relation
GROUP BY part
ORDER BY bytes DESC, part
