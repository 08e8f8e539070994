-- $1 the day.
DECLARE held_state NO SCROLL CURSOR FOR
SELECT
  category_id AS "categoryId", file_path AS "filePath", output_type AS "outputType", occurrence,
  category_name AS "categoryName", status, link, percent, output_total_size AS "outputTotalSize",
  last_work_time AS "lastWorkTime", requested_from AS "requestedFrom", requested_before AS "requestedBefore",
  missing_since AS "missingSince", anomalies, raw, first_seen_at AS "firstSeenAt", changed_at AS "changedAt",
  run_id AS "runId", NULL::timestamptz AS "supersededAt"
FROM encoding
WHERE work_date = $1
UNION ALL
SELECT
  category_id, file_path, output_type, occurrence, category_name, status, link, percent, output_total_size,
  last_work_time, requested_from, requested_before, missing_since, anomalies, raw, first_seen_at, changed_at,
  run_id, superseded_at
FROM encoding_history
WHERE work_date = $1
ORDER BY 1, 2, 3, 4
