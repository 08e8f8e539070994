SELECT fate, count(*) AS rows FROM day_difference GROUP BY fate
