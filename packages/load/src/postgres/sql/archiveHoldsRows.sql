SELECT EXISTS (SELECT FROM encoding) AS "holdsRows"
