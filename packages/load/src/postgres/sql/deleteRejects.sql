-- A strong reading without any rejects.
DELETE FROM rejected_record WHERE work_date = $1
