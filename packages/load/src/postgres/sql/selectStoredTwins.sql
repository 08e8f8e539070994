SELECT
  stored.category_id AS "categoryId", stored.file_path AS "filePath", stored.output_type AS "outputType",
  stored.occurrence, stored.category_name AS "categoryName", stored.status, stored.link, stored.percent,
  stored.output_total_size AS "outputTotalSize", stored.last_work_time AS "lastWorkTime",
  stored.requested_from AS "requestedFrom", stored.requested_before AS "requestedBefore",
  stored.missing_since AS "missingSince", stored.anomalies, stored.raw, stored.first_seen_at AS "firstSeenAt",
  stored.changed_at AS "changedAt", stored.run_id AS "runId"
FROM encoding AS stored
JOIN twin_identity USING (category_id, file_path, output_type)
WHERE stored.work_date = $1
