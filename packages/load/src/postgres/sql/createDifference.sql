-- The planner's statistics know nothing of a day that was loaded since they were taken. It expects one row of it, and would
-- go through the whole difference again for each of the many.
SET LOCAL enable_nestloop TO off;

-- twin_identity: identities that are left to core's mergeIdentity. day_difference: what is to be done to the others, with
-- the key of the stored row (NULL where the row is new) and the place of the staged one (NULL where the row has gone).
CREATE TEMPORARY TABLE twin_identity ON COMMIT DROP AS
SELECT category_id, file_path, output_type FROM encoding
WITH NO DATA;

CREATE TEMPORARY TABLE day_difference ON COMMIT DROP AS
SELECT
  category_id, file_path, output_type, occurrence, CAST(NULL AS tid) AS staged_at, CAST(NULL AS text) AS fate
FROM encoding
WITH NO DATA
