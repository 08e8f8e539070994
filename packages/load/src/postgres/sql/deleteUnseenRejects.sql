-- A strong reading replaces the rejects of its day; what it shows again keeps its first sight.
DELETE FROM rejected_record AS stored
WHERE work_date = $1 AND NOT EXISTS (
  SELECT FROM staged_reject AS staged WHERE staged.fingerprint = stored.fingerprint
)
