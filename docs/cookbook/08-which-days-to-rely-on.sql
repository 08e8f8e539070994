-- Which days can be relied on?
-- A closed day is proven complete and final. The others are named by `vodstation-etl status`, with the reason.
SELECT
  state,
  proof,
  count(*) AS days,
  min(work_date) AS first,
  max(work_date) AS last,
  sum(row_count)::bigint AS encodings
FROM coverage
GROUP BY state, proof
ORDER BY days DESC, state, proof
