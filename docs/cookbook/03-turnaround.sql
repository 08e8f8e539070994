-- How long from the request to the end of an encoding?
-- The API does not tell when an encoding was requested, only that it was within the window that was asked for. So there are two bounds, in
-- minutes, for half of the encodings and for nine tenths of them, in the last seven days. With windows of a day they are wide; days that were read
-- with `--resolution 1h` (the last one here) tell much more, and `5m` nearly all.
SELECT
  output_type,
  extract(hour FROM max(requested_before - requested_from))
    + 24 * extract(day FROM max(requested_before - requested_from)) AS window_hours,
  count(*) AS encodings,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY least_minutes)::numeric) AS half_at_least,
  round(percentile_cont(0.5) WITHIN GROUP (ORDER BY most_minutes)::numeric) AS half_at_most,
  round(percentile_cont(0.9) WITHIN GROUP (ORDER BY least_minutes)::numeric) AS nine_tenths_at_least,
  round(percentile_cont(0.9) WITHIN GROUP (ORDER BY most_minutes)::numeric) AS nine_tenths_at_most
FROM (
  SELECT
    *,
    greatest(extract(epoch FROM last_work_time - requested_before), 0) / 60 AS least_minutes,
    extract(epoch FROM last_work_time - requested_from) / 60 AS most_minutes
  FROM encoding
  WHERE status = 'COMPLETE' AND work_date > (SELECT max(work_date) - 7 FROM extraction_day)
) AS ended
GROUP BY output_type, requested_before - requested_from > interval '1 hour'
ORDER BY output_type, window_hours DESC
