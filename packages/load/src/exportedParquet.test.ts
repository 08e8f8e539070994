/** Parquet holds what the archive holds, each column in its own type, from both kinds of archive. */
import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { loadDay, rowsOf } from "./BothArchives.fixture.ts"
import { csvExport, fill, postgresExport } from "./ExportedArchive.fixture.ts"
import { exportedParquet } from "./ExportedParquet.fixture.ts"
import { exportedText } from "./exportedText.fixture.ts"
import { typesOf } from "./exportedTypes.fixture.ts"
import { awkwardTexts } from "./awkwardTexts.fixture.ts"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"

const both = [
  ["Postgres", postgresExport],
  ["CSV files", csvExport()],
  ["CSV files for Excel", csvExport({ excel: true })],
] as const

const all = { from: undefined, before: undefined }
layer(TestPostgres.layer, { excludeTestServices: true })("an export as Parquet", (it) => {
  it.effect("holds every column in its type, and the same rows whichever archive it comes from", () =>
    Effect.gen(function* () {
      const found = yield* Effect.forEach(both, ([, open]) =>
        Effect.gen(function* () {
          const { archive, exports } = yield* open
          yield* fill(archive)
          const read: Record<string, unknown> = {}
          for (const [table, types] of Object.entries(typesOf)) {
            const parquet = yield* exportedParquet(exports, { table, ...all })
            expect([table, parquet.types]).toEqual([table, types])
            expect([table, parquet.cells.length]).toEqual([table, parquet.rows])
            expect(parquet.files).toEqual(["data.parquet"])
            read[table] = parquet.cells
          }
          const names = (yield* exports.tables).map(({ name }) => name)
          expect(names.filter((name) => name !== "archive_migration")).toEqual(
            Object.keys(typesOf).toSorted(),
          )
          return read
        }),
      )
      for (const other of found.slice(1)) expect(other).toEqual(found[0])
    }),
  )

  it.effect("of one text column is read back whatever the text is", () =>
    Effect.gen(function* () {
      const { query } = yield* TestPostgres
      const { schema, exports } = yield* postgresExport
      yield* query(`CREATE TABLE ${schema}.note (at int PRIMARY KEY, text text)`)
      const texts = awkwardTexts(3_000)
      yield* query(
        `INSERT INTO ${schema}.note SELECT n, t FROM unnest($1::text[]) WITH ORDINALITY AS u(t, n)`,
        [texts],
      )
      const { cells } = yield* exportedParquet(exports, { table: "note", ...all })
      expect(cells.map(([, text]) => text)).toEqual(texts)
      const alone = yield* exportedParquet(exports, {
        select: "SELECT text FROM note ORDER BY at",
        seconds: 60,
      })
      expect(alone.cells.map(([text]) => text)).toEqual(texts)
    }),
  )

  for (const [which, open] of both) {
    it.effect(`from ${which} has the rows of the CSV in their order, and every digit`, () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* open
        yield* fill(archive)
        const { cells, select, folder } = yield* exportedParquet(exports, { table: "encoding", ...all })
        const { text } = yield* exportedText(exports, "encoding")
        const paths = [...text.matchAll(/^2021-..-..,(-?\d+),/gm)].map(([, id]) => id)
        expect(cells.map((row) => row[1])).toEqual(paths)
        const [awkward] = yield* Effect.promise(() =>
          select("SELECT anomalies[2], raw, percent, category_name FROM PARQUET WHERE file_path LIKE '@%'"),
        )
        expect(awkward).toEqual(["\u0001\u2028\\ 각", '{"a": "b,\\n",  "c":1.50}', null, null])
        expect(
          yield* Effect.promise(() =>
            select(
              "SELECT category_id, epoch_us(last_work_time) FROM PARQUET WHERE percent = -0.5 AND file_path = chr(9) || '-1'",
            ),
          ),
        ).toEqual([[-9_007_199_254_740_993n, BigInt(Date.parse("2021-09-12T15:00:00.007Z")) * 1000n]])
        const meta = yield* Effect.promise(() =>
          select(
            `SELECT name, type, converted_type FROM parquet_schema('${folder}/data.parquet') WHERE name IN ('last_work_time', 'category_id')`,
          ),
        )
        expect(meta).toEqual([
          ["category_id", "INT64", "INT_64"],
          ["last_work_time", "INT64", "TIMESTAMP_MICROS"],
        ])
        const packed = yield* Effect.promise(() =>
          select(`SELECT DISTINCT compression FROM parquet_metadata('${folder}/data.parquet')`),
        )
        expect(packed).toEqual([["ZSTD"]])
      }),
    )

    it.effect(`from ${which} of no rows has its columns`, () =>
      Effect.gen(function* () {
        const { exports } = yield* open
        for (const table of ["rejected_record", "daily_outcome", "storage_growth", "encoding"]) {
          const { rows, types, cells } = yield* exportedParquet(exports, { table, ...all })
          expect([table, rows, cells, types]).toEqual([table, 0, [], typesOf[table]])
        }
      }),
    )

    it.effect(`from ${which} is narrowed to days, and cut into months`, () =>
      Effect.gen(function* () {
        const { archive, exports } = yield* open
        yield* fill(archive)
        yield* loadDay(archive, { workDate: "2021-10-01", rows: rowsOf(3) })
        for (const table of ["encoding", "encoding_timeline"]) {
          const { rows, files, types, select } = yield* exportedParquet(exports, { table, ...all }, true)
          expect(files).toEqual(["month=2021-09/data_0.parquet", "month=2021-10/data_0.parquet"])
          expect(types).toEqual({ ...typesOf[table], month: "VARCHAR" })
          const months = yield* Effect.promise(() =>
            select("SELECT month, count(*), min(work_date)::VARCHAR FROM PARQUET GROUP BY 1 ORDER BY 1"),
          )
          expect(months).toEqual([
            ["2021-09", BigInt(rows - 3), "2021-09-12"],
            ["2021-10", 3n, "2021-10-01"],
          ])
          const narrow = { table, from: "2021-09-13", before: "2021-10-01" }
          expect((yield* exportedParquet(exports, narrow)).rows).toBe(1)
        }
        const none = yield* exportedParquet(
          exports,
          { table: "encoding", from: "2022-01-01", before: undefined },
          true,
        )
        expect([none.rows, none.cells, none.types["work_date"]]).toEqual([0, [], "DATE"])
        expect(none.files).toEqual(["month=__HIVE_DEFAULT_PARTITION__/data_0.parquet"])
      }),
    )
  }
})
