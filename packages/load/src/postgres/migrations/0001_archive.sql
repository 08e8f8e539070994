-- The archive: the latest state of every encoding, its history, the ledger of days, runs and settings.
--
-- The schema is that of the search path. Text is COLLATE "C" everywhere, so that it sorts by UTF-8 bytes as the CSV
-- archive does. raw and payload are json and not jsonb, which reorders, drops and refuses what the API may send.
-- There are no foreign keys to extraction_run: a check for each of millions of rows would buy nothing that the loading
-- program does not do by itself.

CREATE TABLE encoding (
  work_date         date NOT NULL,
  category_id       bigint NOT NULL,
  file_path         text COLLATE "C" NOT NULL,
  output_type       text COLLATE "C" NOT NULL,
  occurrence        integer NOT NULL CHECK (occurrence >= 1),
  category_name     text COLLATE "C",
  status            text COLLATE "C",
  link              text COLLATE "C",
  percent           double precision,
  output_total_size bigint,
  last_work_time    timestamptz,
  requested_from    timestamptz NOT NULL,
  requested_before  timestamptz NOT NULL,
  missing_since     timestamptz,
  anomalies         text[] COLLATE "C" NOT NULL,
  raw               json,
  first_seen_at     timestamptz NOT NULL,
  changed_at        timestamptz NOT NULL,
  run_id            uuid NOT NULL,
  PRIMARY KEY (work_date, category_id, file_path, output_type, occurrence)
);

CREATE TABLE encoding_history (
  work_date         date NOT NULL,
  category_id       bigint NOT NULL,
  file_path         text COLLATE "C" NOT NULL,
  output_type       text COLLATE "C" NOT NULL,
  occurrence        integer NOT NULL CHECK (occurrence >= 1),
  category_name     text COLLATE "C",
  status            text COLLATE "C",
  link              text COLLATE "C",
  percent           double precision,
  output_total_size bigint,
  last_work_time    timestamptz,
  requested_from    timestamptz NOT NULL,
  requested_before  timestamptz NOT NULL,
  missing_since     timestamptz,
  anomalies         text[] COLLATE "C" NOT NULL,
  raw               json,
  first_seen_at     timestamptz NOT NULL,
  changed_at        timestamptz NOT NULL,
  run_id            uuid NOT NULL,
  superseded_at     timestamptz NOT NULL,
  superseded_by_run uuid NOT NULL
);

-- Not unique: two readings of one moment leave two states of a row that were superseded at once.
CREATE INDEX encoding_history_key
  ON encoding_history (work_date, category_id, file_path, output_type, occurrence);

CREATE TABLE extraction_day (
  work_date     date PRIMARY KEY,
  state         text COLLATE "C" NOT NULL CHECK (state IN ('open', 'closed', 'failed')),
  proof         text COLLATE "C" CHECK (proof IN ('single-page', 'pigeonhole', 'count')),
  api_total     bigint,
  row_count     bigint,
  open_rows     bigint,
  rejected_rows bigint,
  requests      integer,
  pages         integer,
  read_at       timestamptz,
  run_id        uuid NOT NULL,
  digest        text COLLATE "C",
  error         text COLLATE "C",
  CONSTRAINT failed_is_never_loaded CHECK ((state = 'failed') = (read_at IS NULL))
);

CREATE TABLE extraction_run (
  run_id         uuid PRIMARY KEY,
  command        text COLLATE "C" NOT NULL,
  started_at     timestamptz NOT NULL,
  finished_at    timestamptz,
  outcome        text COLLATE "C" CHECK (outcome IN ('complete', 'incomplete', 'failed', 'interrupted')),
  days_planned   integer,
  days_skipped   integer,
  days_closed    integer,
  days_open      integer,
  days_failed    integer,
  rows_read      bigint,
  rows_inserted  bigint,
  rows_changed   bigint,
  rows_unchanged bigint,
  rows_missing   bigint,
  rows_withdrawn bigint,
  rows_rejected  bigint,
  requests       bigint,
  retries        bigint,
  options        json NOT NULL,
  version        text COLLATE "C" NOT NULL,
  CONSTRAINT finished_with_outcome CHECK ((finished_at IS NULL) = (outcome IS NULL))
);

CREATE TABLE rejected_record (
  work_date     date NOT NULL,
  fingerprint   text COLLATE "C" NOT NULL,
  reason        text COLLATE "C" NOT NULL,
  payload       json NOT NULL,
  count         bigint NOT NULL CHECK (count >= 1),
  first_seen_at timestamptz NOT NULL,
  run_id        uuid NOT NULL,
  PRIMARY KEY (work_date, fingerprint)
);

CREATE TABLE archive_setting (
  name  text COLLATE "C" PRIMARY KEY,
  value text COLLATE "C" NOT NULL
);

COMMENT ON TABLE encoding IS
  'The latest state of every encoding: one output of one input file, as the API listed it, never deleted by forgetting.';
COMMENT ON COLUMN encoding.work_date IS
  'The calendar day, in the time zone of archive_setting, on which the encoding was requested.';
COMMENT ON COLUMN encoding.category_id IS 'The API''s categoryId.';
COMMENT ON COLUMN encoding.file_path IS 'The API''s filePath; empty where it gave none, as while WAITING.';
COMMENT ON COLUMN encoding.output_type IS 'The API''s outputType: the name of the encoding option, free text; empty where it gave none.';
COMMENT ON COLUMN encoding.occurrence IS
  'From 1: tells apart several encodings of one day, category, path and output type. Stable within this archive, otherwise arbitrary.';
COMMENT ON COLUMN encoding.category_name IS 'The API''s categoryName.';
COMMENT ON COLUMN encoding.status IS
  'Upper case: WAITING, RUNNING, COMPLETE, FAILURE, CANCELED, or whatever else the API said. COMPLETE, FAILURE and CANCELED are final.';
COMMENT ON COLUMN encoding.link IS 'Address of the output file.';
COMMENT ON COLUMN encoding.percent IS 'Progress in percent, normally 0 to 100.';
COMMENT ON COLUMN encoding.output_total_size IS 'Size of the output in bytes.';
COMMENT ON COLUMN encoding.last_work_time IS 'When the encoding last changed, as the API says; ms precision.';
COMMENT ON COLUMN encoding.requested_from IS
  'The API does not tell when the encoding was requested, but it was at or after this moment: start of the cell of the grid that it was read in.';
COMMENT ON COLUMN encoding.requested_before IS 'The encoding was requested before this moment: end of the cell.';
COMMENT ON COLUMN encoding.missing_since IS
  'When the API was first found to list this finished encoding no more; NULL while it is listed. No part of the state: makes no history.';
COMMENT ON COLUMN encoding.anomalies IS 'What could not be read of the row, a field and a reason each; mostly empty.';
COMMENT ON COLUMN encoding.raw IS 'The row''s JSON text as it came, only where the columns do not say it all.';
COMMENT ON COLUMN encoding.first_seen_at IS 'read_at of the reading that first showed the row.';
COMMENT ON COLUMN encoding.changed_at IS 'read_at of the reading that first showed this state.';
COMMENT ON COLUMN encoding.run_id IS 'The run that wrote this state.';

COMMENT ON TABLE encoding_history IS
  'States of encodings that another state took the place of, or that ended without one (withdrawn, or become another row).';
COMMENT ON COLUMN encoding_history.work_date IS 'As encoding.work_date.';
COMMENT ON COLUMN encoding_history.category_id IS 'As encoding.category_id.';
COMMENT ON COLUMN encoding_history.file_path IS 'As encoding.file_path.';
COMMENT ON COLUMN encoding_history.output_type IS 'As encoding.output_type.';
COMMENT ON COLUMN encoding_history.occurrence IS 'As encoding.occurrence.';
COMMENT ON COLUMN encoding_history.category_name IS 'As encoding.category_name.';
COMMENT ON COLUMN encoding_history.status IS 'As encoding.status.';
COMMENT ON COLUMN encoding_history.link IS 'As encoding.link.';
COMMENT ON COLUMN encoding_history.percent IS 'As encoding.percent, in percent.';
COMMENT ON COLUMN encoding_history.output_total_size IS 'As encoding.output_total_size, in bytes.';
COMMENT ON COLUMN encoding_history.last_work_time IS 'As encoding.last_work_time.';
COMMENT ON COLUMN encoding_history.requested_from IS 'As encoding.requested_from.';
COMMENT ON COLUMN encoding_history.requested_before IS 'As encoding.requested_before.';
COMMENT ON COLUMN encoding_history.missing_since IS 'As encoding.missing_since, at the time it was superseded.';
COMMENT ON COLUMN encoding_history.anomalies IS 'As encoding.anomalies.';
COMMENT ON COLUMN encoding_history.raw IS 'As encoding.raw.';
COMMENT ON COLUMN encoding_history.first_seen_at IS 'As encoding.first_seen_at.';
COMMENT ON COLUMN encoding_history.changed_at IS 'When this state began: read_at of the reading that first showed it.';
COMMENT ON COLUMN encoding_history.run_id IS 'The run that wrote this state.';
COMMENT ON COLUMN encoding_history.superseded_at IS
  'When this state ended: read_at of the reading that showed another, or none.';
COMMENT ON COLUMN encoding_history.superseded_by_run IS 'The run that ended this state.';

COMMENT ON TABLE extraction_day IS 'The ledger: which work day was read, when, how it was proven complete, and what is open.';
COMMENT ON COLUMN extraction_day.work_date IS 'The work day.';
COMMENT ON COLUMN extraction_day.state IS
  'closed: proven complete and final. open: loaded, and to be read again. failed: never loaded.';
COMMENT ON COLUMN extraction_day.proof IS
  'The weakest proof among the slices of the reading: single-page, pigeonhole, or count, which never closes a day.';
COMMENT ON COLUMN extraction_day.api_total IS 'How many rows the API said that the day has.';
COMMENT ON COLUMN extraction_day.row_count IS 'Rows of the reading that were understood.';
COMMENT ON COLUMN extraction_day.open_rows IS 'Rows of the reading that were not final yet.';
COMMENT ON COLUMN extraction_day.rejected_rows IS 'Rows of the reading that went to rejected_record.';
COMMENT ON COLUMN extraction_day.requests IS 'Requests that the reading took, retries included.';
COMMENT ON COLUMN extraction_day.pages IS 'Pages that the reading took.';
COMMENT ON COLUMN extraction_day.read_at IS 'The moment of the reading''s first request, by the gateway''s clock.';
COMMENT ON COLUMN extraction_day.run_id IS 'The run that loaded the reading, or of a failed day the run that failed last.';
COMMENT ON COLUMN extraction_day.digest IS 'Digest of the reading''s rows and rejects: equal for equal contents.';
COMMENT ON COLUMN extraction_day.error IS 'Why the last attempt failed, or (DayShrunk) why its reading was not believed; NULL once a good one was loaded.';

COMMENT ON TABLE extraction_run IS 'Runs: one invocation each that read and loaded. The counts are NULL until it ends.';
COMMENT ON COLUMN extraction_run.run_id IS 'The run.';
COMMENT ON COLUMN extraction_run.command IS 'backfill, nightly, audit (--repair), demo.';
COMMENT ON COLUMN extraction_run.started_at IS 'When it started, by our clock.';
COMMENT ON COLUMN extraction_run.finished_at IS 'When it ended, by our clock; NULL while it runs, and for ever where it was killed.';
COMMENT ON COLUMN extraction_run.outcome IS
  'complete: every planned day was loaded; incomplete: some failed; failed, interrupted: the run ended early.';
COMMENT ON COLUMN extraction_run.days_planned IS 'Days that it planned to read.';
COMMENT ON COLUMN extraction_run.days_skipped IS 'Days that it left alone, since they were closed.';
COMMENT ON COLUMN extraction_run.days_closed IS 'Days that it loaded and closed.';
COMMENT ON COLUMN extraction_run.days_open IS 'Days that it loaded and that stay open.';
COMMENT ON COLUMN extraction_run.days_failed IS 'Days that it could not read or load.';
COMMENT ON COLUMN extraction_run.rows_read IS 'Rows that it read.';
COMMENT ON COLUMN extraction_run.rows_inserted IS 'Rows that were new.';
COMMENT ON COLUMN extraction_run.rows_changed IS 'Rows that came in a new state.';
COMMENT ON COLUMN extraction_run.rows_unchanged IS 'Rows that came in the state that the archive knew.';
COMMENT ON COLUMN extraction_run.rows_missing IS 'Rows newly marked as missing.';
COMMENT ON COLUMN extraction_run.rows_withdrawn IS 'Rows that were not final and had gone: moved to encoding_history.';
COMMENT ON COLUMN extraction_run.rows_rejected IS 'Rows that could not be understood.';
COMMENT ON COLUMN extraction_run.requests IS 'Requests sent to the API.';
COMMENT ON COLUMN extraction_run.retries IS 'Requests that were repeats.';
COMMENT ON COLUMN extraction_run.options IS 'The flags that it was given, by name.';
COMMENT ON COLUMN extraction_run.version IS 'The version of the program.';

COMMENT ON TABLE rejected_record IS 'Rows of the API that could not be understood, verbatim.';
COMMENT ON COLUMN rejected_record.work_date IS 'The work day whose reading showed it.';
COMMENT ON COLUMN rejected_record.fingerprint IS 'SHA-256 of the payload, hexadecimal.';
COMMENT ON COLUMN rejected_record.reason IS 'Why it could not be understood.';
COMMENT ON COLUMN rejected_record.payload IS 'The JSON text exactly as it came.';
COMMENT ON COLUMN rejected_record.count IS 'How many rows of the latest reading that showed it were this text.';
COMMENT ON COLUMN rejected_record.first_seen_at IS 'read_at of the reading that first showed it.';
COMMENT ON COLUMN rejected_record.run_id IS 'The run that loaded it first.';

COMMENT ON TABLE archive_setting IS 'What is fixed for this archive: time_zone, host, and what was found out about the API.';
COMMENT ON COLUMN archive_setting.name IS 'time_zone: of the work day. host: of the API that the archive is filled from. api_…: what was found out about that API.';
COMMENT ON COLUMN archive_setting.value IS 'The setting''s value.';
