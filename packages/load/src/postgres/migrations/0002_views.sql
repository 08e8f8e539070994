-- What people and BI tools ask most, as views, so that nobody has to know which statuses are final, how history is told or
-- what "today" is for the archive.
--
-- Columns are named one by one, so that a later column of a table changes no view by accident. The outcomes are grouped by
-- work_date and nothing hides it from a condition: a question about ninety days reads ninety days. Sums of sizes are
-- numeric: one size beyond 2^62 would overflow a bigint.

-- COMPLETE, FAILURE and CANCELED are final; a status that is unknown, or NULL, is not.

-- Failures are looked for over long ranges and are few: this index costs loading nothing that could be measured.
CREATE INDEX encoding_failed ON encoding (work_date) WHERE status = 'FAILURE';

CREATE VIEW encoding_timeline AS
SELECT
  work_date, category_id, file_path, output_type, occurrence,
  changed_at AS valid_from, NULL::timestamptz AS valid_to,
  category_name, status, link, percent, output_total_size, last_work_time, anomalies, raw,
  requested_from, requested_before, missing_since, first_seen_at, run_id, NULL::uuid AS superseded_by_run
FROM encoding
UNION ALL
SELECT
  work_date, category_id, file_path, output_type, occurrence,
  changed_at, superseded_at,
  category_name, status, link, percent, output_total_size, last_work_time, anomalies, raw,
  requested_from, requested_before, missing_since, first_seen_at, run_id, superseded_by_run
FROM encoding_history;

CREATE VIEW daily_outcome AS
SELECT
  counted.work_date,
  day.state AS day_state,
  counted.encodings, counted.complete, counted.failure, counted.canceled, counted.unfinished,
  100.0::float8 * counted.failure / nullif(counted.complete + counted.failure, 0) AS failure_percent,
  counted.missing,
  coalesce(day.rejected_rows, 0) AS rejected,
  counted.output_bytes
FROM (
  SELECT
    work_date,
    count(*) AS encodings,
    count(*) FILTER (WHERE status = 'COMPLETE') AS complete,
    count(*) FILTER (WHERE status = 'FAILURE') AS failure,
    count(*) FILTER (WHERE status = 'CANCELED') AS canceled,
    count(*) FILTER (WHERE status IS NULL OR status NOT IN ('COMPLETE', 'FAILURE', 'CANCELED')) AS unfinished,
    count(missing_since) AS missing,
    coalesce(sum(output_total_size), 0) AS output_bytes
  FROM encoding
  GROUP BY work_date
) AS counted
LEFT JOIN extraction_day AS day USING (work_date)
UNION ALL
-- A day on which nothing was requested is an outcome too, and not a hole in a chart. With LIMIT, since the planner could
-- make a join of NOT EXISTS, over all of encoding.
SELECT
  work_date, state, 0, 0, 0, 0, 0, NULL, 0, coalesce(rejected_rows, 0), 0
FROM extraction_day AS day
WHERE row_count = 0 AND (SELECT true FROM encoding WHERE encoding.work_date = day.work_date LIMIT 1) IS NULL;

CREATE VIEW category_outcome AS
SELECT
  work_date, category_id, category_name,
  encodings, complete, failure, canceled, unfinished,
  100.0::float8 * failure / nullif(complete + failure, 0) AS failure_percent,
  missing, output_bytes
FROM (
  SELECT
    work_date,
    category_id,
    max(category_name) AS category_name,
    count(*) AS encodings,
    count(*) FILTER (WHERE status = 'COMPLETE') AS complete,
    count(*) FILTER (WHERE status = 'FAILURE') AS failure,
    count(*) FILTER (WHERE status = 'CANCELED') AS canceled,
    count(*) FILTER (WHERE status IS NULL OR status NOT IN ('COMPLETE', 'FAILURE', 'CANCELED')) AS unfinished,
    count(missing_since) AS missing,
    coalesce(sum(output_total_size), 0) AS output_bytes
  FROM encoding
  GROUP BY work_date, category_id
) AS counted;

CREATE VIEW output_type_outcome AS
SELECT
  work_date, output_type,
  encodings, complete, failure, canceled, unfinished,
  100.0::float8 * failure / nullif(complete + failure, 0) AS failure_percent,
  missing, output_bytes
FROM (
  SELECT
    work_date,
    output_type,
    count(*) AS encodings,
    count(*) FILTER (WHERE status = 'COMPLETE') AS complete,
    count(*) FILTER (WHERE status = 'FAILURE') AS failure,
    count(*) FILTER (WHERE status = 'CANCELED') AS canceled,
    count(*) FILTER (WHERE status IS NULL OR status NOT IN ('COMPLETE', 'FAILURE', 'CANCELED')) AS unfinished,
    count(missing_since) AS missing,
    coalesce(sum(output_total_size), 0) AS output_bytes
  FROM encoding
  GROUP BY work_date, output_type
) AS counted;

CREATE VIEW failed_encoding AS
SELECT
  work_date, category_id, file_path, output_type, occurrence,
  category_name, percent, last_work_time, requested_from, requested_before, missing_since, anomalies, changed_at
FROM encoding
WHERE status = 'FAILURE';

CREATE VIEW stuck_encoding AS
SELECT
  stored.work_date, stored.category_id, stored.file_path, stored.output_type, stored.occurrence,
  stored.category_name, stored.status, stored.percent,
  coalesce(stored.last_work_time, stored.changed_at) AS stuck_since,
  today.work_date - stored.work_date AS age_days,
  stored.last_work_time, stored.changed_at
FROM (
  SELECT CASE
    -- As a text, Postgres would take +09:00 for west of Greenwich.
    WHEN value ~ '^[+-]' THEN (now() AT TIME ZONE value::interval)::date
    ELSE (now() AT TIME ZONE value)::date
  END AS work_date
  FROM archive_setting
  WHERE name = 'time_zone'
) AS today
-- Every row of a closed day was final when it closed, and most days are closed.
JOIN extraction_day AS day ON day.state = 'open' AND day.work_date < today.work_date - 1
JOIN encoding AS stored ON stored.work_date = day.work_date
WHERE stored.missing_since IS NULL
  AND (stored.status IS NULL OR stored.status NOT IN ('COMPLETE', 'FAILURE', 'CANCELED'));

CREATE VIEW storage_growth AS
SELECT
  month, category_id, category_name, outputs, added_bytes,
  sum(added_bytes) OVER (PARTITION BY category_id ORDER BY month) AS total_bytes
FROM (
  SELECT
    date_trunc('month', work_date::timestamp)::date AS month,
    category_id,
    max(category_name) AS category_name,
    count(*) AS outputs,
    sum(output_total_size) AS added_bytes
  FROM encoding
  WHERE output_total_size > 0
  GROUP BY 1, 2
) AS added;

CREATE VIEW coverage AS
SELECT
  known.work_date,
  coalesce(day.state, 'missing') AS state,
  day.proof, day.api_total, day.row_count, day.open_rows, day.rejected_rows, day.read_at, day.run_id, day.error
FROM (
  SELECT generate_series(min(work_date)::timestamp, max(work_date)::timestamp, '1 day')::date AS work_date
  FROM extraction_day
) AS known
LEFT JOIN extraction_day AS day USING (work_date);

COMMENT ON VIEW encoding_timeline IS
  'Every state of every encoding with the time in which the archive knew it. What the archive said at a moment: valid_from <= moment AND (valid_to > moment OR valid_to IS NULL). States of one key never overlap; there is a gap where a row was withdrawn and came back.';
COMMENT ON COLUMN encoding_timeline.work_date IS 'As encoding.work_date.';
COMMENT ON COLUMN encoding_timeline.category_id IS 'As encoding.category_id.';
COMMENT ON COLUMN encoding_timeline.file_path IS 'As encoding.file_path. A WAITING row that gains its path goes on under another key.';
COMMENT ON COLUMN encoding_timeline.output_type IS 'As encoding.output_type.';
COMMENT ON COLUMN encoding_timeline.occurrence IS 'As encoding.occurrence.';
COMMENT ON COLUMN encoding_timeline.valid_from IS
  'When the state began: read_at of the reading that first showed it, by the gateway''s clock; timestamptz. The encoding itself may have come into it at any time since the reading before: see last_work_time.';
COMMENT ON COLUMN encoding_timeline.valid_to IS
  'When it ended: read_at of the reading that showed another state, or none; timestamptz. NULL: it is the latest. Equal to valid_from where two readings began in one second: such a state lasted no time.';
COMMENT ON COLUMN encoding_timeline.category_name IS 'As encoding.category_name.';
COMMENT ON COLUMN encoding_timeline.status IS 'As encoding.status.';
COMMENT ON COLUMN encoding_timeline.link IS 'As encoding.link.';
COMMENT ON COLUMN encoding_timeline.percent IS 'As encoding.percent, in percent.';
COMMENT ON COLUMN encoding_timeline.output_total_size IS 'As encoding.output_total_size, in bytes.';
COMMENT ON COLUMN encoding_timeline.last_work_time IS 'As encoding.last_work_time.';
COMMENT ON COLUMN encoding_timeline.anomalies IS 'As encoding.anomalies.';
COMMENT ON COLUMN encoding_timeline.raw IS 'As encoding.raw.';
COMMENT ON COLUMN encoding_timeline.requested_from IS 'As encoding.requested_from. No part of the state: as it was known in the end.';
COMMENT ON COLUMN encoding_timeline.requested_before IS 'As encoding.requested_before. No part of the state: as it was known in the end.';
COMMENT ON COLUMN encoding_timeline.missing_since IS 'As encoding.missing_since. No part of the state: as it was known in the end.';
COMMENT ON COLUMN encoding_timeline.first_seen_at IS 'As encoding.first_seen_at.';
COMMENT ON COLUMN encoding_timeline.run_id IS 'The run that wrote this state.';
COMMENT ON COLUMN encoding_timeline.superseded_by_run IS 'The run that ended this state; NULL while it is the latest.';

COMMENT ON VIEW daily_outcome IS 'What became of the encodings of each work day that was loaded: a row a day.';
COMMENT ON COLUMN daily_outcome.work_date IS 'The work day, in the archive''s time zone.';
COMMENT ON COLUMN daily_outcome.day_state IS 'extraction_day.state: of a closed day the numbers are final.';
COMMENT ON COLUMN daily_outcome.encodings IS 'All encodings, those that the API has forgotten included: complete + failure + canceled + unfinished.';
COMMENT ON COLUMN daily_outcome.complete IS 'Encodings with status COMPLETE.';
COMMENT ON COLUMN daily_outcome.failure IS 'Encodings with status FAILURE.';
COMMENT ON COLUMN daily_outcome.canceled IS 'Encodings with status CANCELED.';
COMMENT ON COLUMN daily_outcome.unfinished IS 'Encodings in any other status, or none.';
COMMENT ON COLUMN daily_outcome.failure_percent IS 'failure in percent of complete + failure, 0 to 100; NULL where there is neither.';
COMMENT ON COLUMN daily_outcome.missing IS 'Encodings of these that the API lists no more.';
COMMENT ON COLUMN daily_outcome.rejected IS 'Rows of the latest reading that could not be understood; they are in rejected_record and counted nowhere else.';
COMMENT ON COLUMN daily_outcome.output_bytes IS 'Sum of output_total_size, in bytes.';

COMMENT ON VIEW category_outcome IS 'What became of the encodings of each work day and category. Add up counts over days, never failure_percent.';
COMMENT ON COLUMN category_outcome.work_date IS 'The work day, in the archive''s time zone.';
COMMENT ON COLUMN category_outcome.category_id IS 'As encoding.category_id.';
COMMENT ON COLUMN category_outcome.category_name IS 'The category''s name on that day; where it had several, the last one in the alphabet.';
COMMENT ON COLUMN category_outcome.encodings IS 'All encodings, those that the API has forgotten included.';
COMMENT ON COLUMN category_outcome.complete IS 'Encodings with status COMPLETE.';
COMMENT ON COLUMN category_outcome.failure IS 'Encodings with status FAILURE.';
COMMENT ON COLUMN category_outcome.canceled IS 'Encodings with status CANCELED.';
COMMENT ON COLUMN category_outcome.unfinished IS 'Encodings in any other status, or none.';
COMMENT ON COLUMN category_outcome.failure_percent IS 'failure in percent of complete + failure, 0 to 100; NULL where there is neither.';
COMMENT ON COLUMN category_outcome.missing IS 'Encodings of these that the API lists no more.';
COMMENT ON COLUMN category_outcome.output_bytes IS 'Sum of output_total_size, in bytes.';

COMMENT ON VIEW output_type_outcome IS 'What became of the encodings of each work day and output type. Add up counts over days, never failure_percent.';
COMMENT ON COLUMN output_type_outcome.work_date IS 'The work day, in the archive''s time zone.';
COMMENT ON COLUMN output_type_outcome.output_type IS 'As encoding.output_type.';
COMMENT ON COLUMN output_type_outcome.encodings IS 'All encodings, those that the API has forgotten included.';
COMMENT ON COLUMN output_type_outcome.complete IS 'Encodings with status COMPLETE.';
COMMENT ON COLUMN output_type_outcome.failure IS 'Encodings with status FAILURE.';
COMMENT ON COLUMN output_type_outcome.canceled IS 'Encodings with status CANCELED.';
COMMENT ON COLUMN output_type_outcome.unfinished IS 'Encodings in any other status, or none.';
COMMENT ON COLUMN output_type_outcome.failure_percent IS 'failure in percent of complete + failure, 0 to 100; NULL where there is neither.';
COMMENT ON COLUMN output_type_outcome.missing IS 'Encodings of these that the API lists no more.';
COMMENT ON COLUMN output_type_outcome.output_bytes IS 'Sum of output_total_size, in bytes.';

COMMENT ON VIEW failed_encoding IS 'Encodings that ended in FAILURE. The API does not tell why.';
COMMENT ON COLUMN failed_encoding.work_date IS 'As encoding.work_date.';
COMMENT ON COLUMN failed_encoding.category_id IS 'As encoding.category_id.';
COMMENT ON COLUMN failed_encoding.file_path IS 'As encoding.file_path.';
COMMENT ON COLUMN failed_encoding.output_type IS 'As encoding.output_type.';
COMMENT ON COLUMN failed_encoding.occurrence IS 'As encoding.occurrence.';
COMMENT ON COLUMN failed_encoding.category_name IS 'As encoding.category_name.';
COMMENT ON COLUMN failed_encoding.percent IS 'How far it had come, in percent.';
COMMENT ON COLUMN failed_encoding.last_work_time IS 'When it failed, as the API says; timestamptz.';
COMMENT ON COLUMN failed_encoding.requested_from IS 'As encoding.requested_from.';
COMMENT ON COLUMN failed_encoding.requested_before IS 'As encoding.requested_before.';
COMMENT ON COLUMN failed_encoding.missing_since IS 'As encoding.missing_since.';
COMMENT ON COLUMN failed_encoding.anomalies IS 'As encoding.anomalies.';
COMMENT ON COLUMN failed_encoding.changed_at IS 'read_at of the reading that first showed it as it is; timestamptz.';

COMMENT ON VIEW stuck_encoding IS
  'Encodings that were requested before yesterday, in the archive''s time zone, and have still not ended. Encoding takes hours and never days. Their days stay open.';
COMMENT ON COLUMN stuck_encoding.work_date IS 'As encoding.work_date.';
COMMENT ON COLUMN stuck_encoding.category_id IS 'As encoding.category_id.';
COMMENT ON COLUMN stuck_encoding.file_path IS 'As encoding.file_path.';
COMMENT ON COLUMN stuck_encoding.output_type IS 'As encoding.output_type.';
COMMENT ON COLUMN stuck_encoding.occurrence IS 'As encoding.occurrence.';
COMMENT ON COLUMN stuck_encoding.category_name IS 'As encoding.category_name.';
COMMENT ON COLUMN stuck_encoding.status IS 'As encoding.status.';
COMMENT ON COLUMN stuck_encoding.percent IS 'How far it has come, in percent.';
COMMENT ON COLUMN stuck_encoding.stuck_since IS 'last_work_time, or where the API does not tell it, changed_at; timestamptz.';
COMMENT ON COLUMN stuck_encoding.age_days IS 'Days from its work day to today, in the archive''s time zone.';
COMMENT ON COLUMN stuck_encoding.last_work_time IS 'As encoding.last_work_time.';
COMMENT ON COLUMN stuck_encoding.changed_at IS 'As encoding.changed_at.';

COMMENT ON VIEW storage_growth IS
  'How the size of all outputs grows, by month and category. An output that overwrote an earlier one counts again, since the API does not tell; deleted files count as well.';
COMMENT ON COLUMN storage_growth.month IS 'First day of the month of work_date, in the archive''s time zone. Months in which nothing was added are left out.';
COMMENT ON COLUMN storage_growth.category_id IS 'As encoding.category_id.';
COMMENT ON COLUMN storage_growth.category_name IS 'The category''s name in that month; where it had several, the last one in the alphabet.';
COMMENT ON COLUMN storage_growth.outputs IS 'Outputs with a size above 0 that were requested in the month.';
COMMENT ON COLUMN storage_growth.added_bytes IS 'Sum of their sizes, in bytes.';
COMMENT ON COLUMN storage_growth.total_bytes IS 'The same of this and all earlier months of the category, in bytes.';

COMMENT ON VIEW coverage IS 'Every day from the first to the last one that the archive knows, with what is known of it: gaps included.';
COMMENT ON COLUMN coverage.work_date IS 'The work day, in the archive''s time zone.';
COMMENT ON COLUMN coverage.state IS 'extraction_day.state, or missing: never asked for.';
COMMENT ON COLUMN coverage.proof IS 'As extraction_day.proof.';
COMMENT ON COLUMN coverage.api_total IS 'As extraction_day.api_total, in rows.';
COMMENT ON COLUMN coverage.row_count IS 'As extraction_day.row_count, in rows.';
COMMENT ON COLUMN coverage.open_rows IS 'As extraction_day.open_rows, in rows.';
COMMENT ON COLUMN coverage.rejected_rows IS 'As extraction_day.rejected_rows, in rows.';
COMMENT ON COLUMN coverage.read_at IS 'As extraction_day.read_at; timestamptz.';
COMMENT ON COLUMN coverage.run_id IS 'As extraction_day.run_id.';
COMMENT ON COLUMN coverage.error IS 'As extraction_day.error.';

COMMENT ON TABLE archive_migration IS 'Which forms of these tables were applied: an older program refuses a newer archive.';
COMMENT ON COLUMN archive_migration.id IS 'In the order in which they were applied.';
COMMENT ON COLUMN archive_migration.name IS 'The migration''s name.';
COMMENT ON COLUMN archive_migration.run_on IS 'When it was applied, by the database''s clock, in the time zone of the session that applied it (UTC).';
