-- A superset of the identities with twins on either side; core's rules are right for all of them.
INSERT INTO twin_identity
SELECT category_id, file_path, output_type
FROM staged_encoding
GROUP BY category_id, file_path, output_type
HAVING count(*) > 1
UNION
SELECT category_id, file_path, output_type
FROM encoding
WHERE work_date = $1 AND occurrence > 1
