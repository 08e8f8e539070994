-- The ordinary case: at most one stored and one staged row of an identity. Rows that are as they were are not listed.
-- These are the rules of core's mergeIdentity; a property test holds the two together.
INSERT INTO day_difference
SELECT category_id, file_path, output_type, occurrence, staged_at, fate
FROM (
  SELECT
    stored.category_id, stored.file_path, stored.output_type, stored.occurrence, staged.staged_at,
    CASE
      WHEN stored.category_id IS NULL THEN 'new'
      WHEN staged.category_id IS NULL THEN
        CASE
          WHEN NOT $2::boolean THEN NULL
          WHEN stored.status IN ('COMPLETE', 'FAILURE', 'CANCELED') THEN
            CASE WHEN stored.missing_since IS NULL THEN 'missing' END
          ELSE 'withdrawn'
        END
      -- Requested at different times: not the same row.
      WHEN NOT (
        stored.requested_from < staged.requested_before AND staged.requested_from < stored.requested_before
      ) THEN 'apart'
      WHEN (
        stored.category_name, stored.status, stored.link, stored.percent, stored.output_total_size,
        stored.last_work_time, stored.anomalies, stored.raw::text
      ) IS DISTINCT FROM (
        staged.category_name, staged.status, staged.link, staged.percent, staged.output_total_size,
        staged.last_work_time, staged.anomalies, staged.raw::text
      ) THEN 'changed'
      WHEN stored.missing_since IS NOT NULL
        OR staged.requested_from > stored.requested_from
        OR staged.requested_before < stored.requested_before THEN 'touched'
    END AS fate
  FROM (
    SELECT * FROM encoding AS row
    WHERE work_date = $1 AND NOT EXISTS (
      SELECT FROM twin_identity AS twin
      WHERE twin.category_id = row.category_id
        AND twin.file_path = row.file_path
        AND twin.output_type = row.output_type
    )
  ) AS stored
  FULL JOIN (
    SELECT row.ctid AS staged_at, row.* FROM staged_encoding AS row
    WHERE NOT EXISTS (
      SELECT FROM twin_identity AS twin
      WHERE twin.category_id = row.category_id
        AND twin.file_path = row.file_path
        AND twin.output_type = row.output_type
    )
  ) AS staged
  ON staged.category_id = stored.category_id
    AND staged.file_path = stored.file_path
    AND staged.output_type = stored.output_type
) AS compared
WHERE fate IS NOT NULL
