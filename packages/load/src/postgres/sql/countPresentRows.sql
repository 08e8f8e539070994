SELECT count(*) AS "presentRows" FROM encoding WHERE work_date = $1 AND missing_since IS NULL
