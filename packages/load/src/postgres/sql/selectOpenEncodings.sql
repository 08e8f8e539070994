-- $1 day after the last, $2 how many. Every row of a closed day was terminal, and most days are closed.
SELECT
  stored.work_date AS "workDate", stored.category_id AS "categoryId", stored.file_path AS "filePath",
  stored.output_type AS "outputType", stored.occurrence, stored.category_name AS "categoryName", stored.status, stored.link,
  stored.percent, stored.output_total_size AS "outputTotalSize", stored.last_work_time AS "lastWorkTime",
  stored.requested_from AS "requestedFrom", stored.requested_before AS "requestedBefore",
  stored.missing_since AS "missingSince", stored.anomalies, stored.raw, stored.first_seen_at AS "firstSeenAt",
  stored.changed_at AS "changedAt", stored.run_id AS "runId"
FROM extraction_day AS day
JOIN encoding AS stored USING (work_date)
WHERE day.state = 'open'
  AND day.work_date < $1
  AND stored.missing_since IS NULL
  AND (stored.status IS NULL OR stored.status NOT IN ('COMPLETE', 'FAILURE', 'CANCELED'))
ORDER BY stored.work_date, stored.category_id, stored.file_path, stored.output_type, stored.occurrence
LIMIT $2
