-- As staged_encoding, for the rows that could not be understood. Mostly not needed at all.
CREATE TEMPORARY TABLE staged_reject ON COMMIT DROP AS
SELECT fingerprint, reason, payload FROM rejected_record
WITH NO DATA
