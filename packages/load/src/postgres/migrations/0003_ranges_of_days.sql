-- Questions about a range of days, in time that grows with the range and not with the archive.
--
-- Rows lie in the order in which their days were loaded. For ninety of five hundred days the planner would still rather read
-- the whole table than go by the key, which is as wide as the rows are. A BRIN index says which days each megabyte holds: 100 kB for
-- ten million rows, and loading is no slower for it.

CREATE INDEX encoding_work_date ON encoding USING brin (work_date);
CREATE INDEX encoding_history_work_date ON encoding_history USING brin (work_date);

-- Rows with anomalies are few, and `status` counts those of the last days.
CREATE INDEX encoding_anomaly ON encoding (work_date) WHERE cardinality(anomalies) > 0;

-- Added up by day first, so that a row costs no reckoning of its month: there are some hundred rows to a day and category.
CREATE OR REPLACE VIEW storage_growth AS
SELECT
  month, category_id, category_name, outputs, added_bytes,
  sum(added_bytes) OVER (PARTITION BY category_id ORDER BY month) AS total_bytes
FROM (
  SELECT
    date_trunc('month', work_date::timestamp)::date AS month,
    category_id,
    max(category_name) AS category_name,
    sum(outputs)::bigint AS outputs,
    sum(added_bytes) AS added_bytes
  FROM (
    SELECT
      work_date,
      category_id,
      max(category_name) AS category_name,
      count(*) AS outputs,
      sum(output_total_size) AS added_bytes
    FROM encoding
    WHERE output_total_size > 0
    GROUP BY work_date, category_id
  ) AS of_day
  GROUP BY 1, 2
) AS added;

COMMENT ON VIEW storage_growth IS
  'How the size of all outputs grows, by month and category. An output that overwrote an earlier one counts again, since the API does not tell; deleted files count as well. Every total needs all that came before, so that the whole archive is read: what a few days or months added, category_outcome tells faster.';
