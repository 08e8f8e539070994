/** Rows of the table `encoding` such as a video business has, made by the server itself: how they got there is not measured. */
import * as Effect from "effect/Effect"
import { Archive } from "@vodstation-etl/load/Archive"
import { PostgresDatabase } from "@vodstation-etl/load/postgres/PostgresDatabase"

const rowsPerDay = 20_000

const insert = `
INSERT INTO encoding
SELECT
  date '2024-01-01' + n / ${rowsPerDay}, 10000 + n % 40,
  format('/드라마/2024/series-%s/episode-%s/video_%s.mp4', n % 300, n % 24, n), 'AVC_FHD_1Pass_30fps', 1,
  format('드라마 %s', n % 40), 'COMPLETE',
  format('https://kr.object.ncloudstorage.com/vod-output/2024/series-%s/video_%s_AVC_FHD_1Pass_30fps.mp4', n % 300, n),
  100, 81040256 + n, at + interval '90 minutes', at, at + interval '1 day', NULL, '{}',
  NULL, at + interval '2 days', at + interval '2 days', '00000000-0000-4000-8000-000000000001'
FROM generate_series(0, $1::int - 1) AS n,
  LATERAL (SELECT timestamptz '2023-12-31 15:00+00' + n / ${rowsPerDay} * interval '1 day') AS day(at)`

export const fillEncoding = Effect.fn("fillEncoding")(function* (rows: number) {
  yield* (yield* Archive).prepare("vodstation.example")
  const database = yield* PostgresDatabase
  yield* database.transaction("write", (connection) => connection.execute(insert, [rows]))
  yield* database.withConnection((connection) =>
    Effect.gen(function* () {
      yield* connection.execute(`VACUUM ANALYZE ${database.schema}.encoding`)
      yield* connection.execute("CHECKPOINT")
    }),
  )
})
