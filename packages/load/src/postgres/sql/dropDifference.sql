DROP TABLE pg_temp.twin_identity, pg_temp.day_difference
