-- $1 day, $2 moment, $3 run. Equal payloads are one record with their count.
INSERT INTO rejected_record AS stored (work_date, fingerprint, reason, payload, count, first_seen_at, run_id)
SELECT $1, fingerprint, min(reason), min(payload::text COLLATE "C")::json, count(*), $2, $3
FROM staged_reject
GROUP BY fingerprint
ON CONFLICT (work_date, fingerprint) DO UPDATE SET
  reason = excluded.reason,
  payload = excluded.payload,
  count = excluded.count
