SELECT fingerprint, reason, payload, count, first_seen_at AS "firstSeenAt", run_id AS "runId"
FROM rejected_record
WHERE work_date = $1
ORDER BY fingerprint
