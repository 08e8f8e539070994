/** Rows of the archive's tables such as a video business has, made by the server itself: how they got there is not measured. */
import * as Effect from "effect/Effect"
import { Archive } from "@vodstation-etl/load/Archive"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"

export const filledRowsPerDay = 20_000

const encodings = `
INSERT INTO encoding
SELECT
  date '2024-01-01' + n / ${filledRowsPerDay}, 10000 + n % 40,
  format('/드라마/2024/series-%s/episode-%s/video_%s.mp4', n % 300, n % 24, n),
  (ARRAY['AVC_FHD_1Pass_30fps', 'AVC_HD_1Pass_30fps', 'AVC_SD_1Pass_30fps_1', 'news_archive_low', 'auto_90fps_abr'])[1 + n % 5], 1,
  format('드라마 %s', n % 40),
  CASE WHEN n % 71 = 0 THEN 'FAILURE' WHEN n % 211 = 0 THEN 'CANCELED' WHEN n % 99991 = 0 THEN 'RUNNING' ELSE 'COMPLETE' END,
  format('https://kr.object.ncloudstorage.com/vod-output/2024/series-%s/video_%s_AVC_FHD_1Pass_30fps.mp4', n % 300, n),
  100, 81040256 + n, at + interval '90 minutes', at, at + interval '1 day', NULL, '{}',
  NULL, at + interval '2 days', at + interval '2 days', '00000000-0000-4000-8000-000000000001'
FROM generate_series(0, $1::int - 1) AS n,
  LATERAL (SELECT timestamptz '2023-12-31 15:00+00' + n / ${filledRowsPerDay} * interval '1 day') AS day(at)`

/** Of every fiftieth row there was a state before. */
const history = `
INSERT INTO encoding_history
SELECT
  work_date, category_id, file_path, output_type, occurrence, category_name, 'RUNNING', NULL, 40, NULL, last_work_time,
  requested_from, requested_before, NULL, '{}', NULL, first_seen_at - interval '1 day', first_seen_at - interval '1 day', run_id,
  changed_at, run_id
FROM encoding
WHERE output_total_size % 50 = 0`

const ledger = `
INSERT INTO extraction_day (work_date, state, proof, api_total, row_count, open_rows, rejected_rows, requests, pages, read_at, run_id)
SELECT work_date, 'closed', 'pigeonhole', count(*), count(*), 0, 0, 21, 21, max(changed_at), min(run_id::text)::uuid
FROM encoding
GROUP BY work_date`

export const fillEncoding = Effect.fn("fillEncoding")(function* (rows: number) {
  yield* (yield* Archive).prepare("vodstation.example")
  const database = yield* PostgresDatabase
  yield* database.transaction("write", (connection) =>
    Effect.gen(function* () {
      for (const [sql, ...values] of [[encodings, rows], [history], [ledger]] as const)
        yield* connection.execute(sql, values)
    }),
  )
  const tables = ["encoding", "encoding_history", "extraction_day"].map(
    (name) => `"${database.schema}".${name}`,
  )
  yield* database.withConnection((connection) =>
    Effect.gen(function* () {
      yield* connection.execute(`VACUUM ANALYZE ${tables.join(", ")}`)
      yield* connection.execute("CHECKPOINT")
    }),
  )
})
