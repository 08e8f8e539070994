/** Questions get the same answers from both kinds of archive: row by row, column by column, value by value. */
import * as fs from "node:fs"
import { expect, layer } from "@effect/vitest"
import { Effect } from "effect"
import { dayParameters } from "./ArchiveQuery.ts"
import { awkwardTexts } from "./awkwardTexts.fixture.ts"
import { loadDay, rowsOf } from "./BothArchives.fixture.ts"
import { runIdOf } from "./csv/CsvFolder.fixture.ts"
import { TestPostgres } from "./postgres/TestPostgres.fixture.ts"
import { viewStatements } from "./postgres/viewStatements.ts"
import { bothQueried, fillEveryView } from "./QueriedArchive.fixture.ts"

const tables = [
  ...["archive_setting", "encoding", "encoding_history", "extraction_day", "extraction_run"],
  "rejected_record",
]
const views = viewStatements().map(({ name }) => name)

const textOf = (row: unknown) =>
  JSON.stringify(row, (_, value) => (typeof value === "bigint" ? `${value}n` : value))
const byText = (one: unknown, other: unknown) => (textOf(one) < textOf(other) ? -1 : 1)

const todayAt = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(0, 10)

layer(TestPostgres.layer, { excludeTestServices: true })("a question", (it) => {
  it.effect.each([
    ["Asia/Seoul", 9],
    ["+14:00", 14],
    ["-12:00", -12],
  ] as const)(
    "has the same answer from both archives, of every table and view, where the day is that of %s",
    ([timeZone, hours]) =>
      Effect.gen(function* () {
        const found = yield* Effect.forEach(bothQueried, ([, open]) =>
          Effect.gen(function* () {
            const { archive, query } = yield* open({ timeZone })
            yield* archive.prepare("vodstation.example")
            yield* fillEveryView(archive, todayAt(hours))
            const answers: Record<string, unknown> = {}
            for (const name of [...tables, ...views]) {
              const rows = yield* query.select(`SELECT * FROM ${name}`)
              answers[name] = rows.map((row) => Object.entries(row)).toSorted(byText)
            }
            return answers as Record<string, Array<unknown>>
          }),
        )
        expect(views).toHaveLength(8)
        expect(views.filter((name) => found[0][name]!.length < 2)).toEqual([])
        expect(found[0]["stuck_encoding"]).toHaveLength(7)
        for (const other of found.slice(1)) expect(other).toEqual(found[0])
      }),
  )

  for (const [which, open] of bothQueried) {
    it.effect(`to ${which} is answered in JavaScript's own values`, () =>
      Effect.gen(function* () {
        const { archive, query } = yield* open({})
        yield* archive.prepare("vodstation.example")
        yield* fillEveryView(archive, "2026-01-01")
        const [row] = yield* query.select(
          "SELECT work_date, category_id, occurrence, percent, last_work_time, anomalies, raw, run_id, missing_since, status IS NULL AS silent FROM encoding WHERE file_path = $1",
          ["@😀\u0001\u007f"],
        )
        expect(row).toStrictEqual({
          work_date: "2021-09-12",
          category_id: 1n,
          occurrence: 1,
          percent: null,
          last_work_time: null,
          anomalies: ['percent: "a, b"', "\u0001\u2028\\ 각"],
          raw: '{"a": "b,\\n",  "c":1.50}',
          run_id: runIdOf(1),
          missing_since: null,
          silent: true,
        })
        const sums = yield* query.select(
          "SELECT sum(output_total_size) AS bytes, avg(percent) AS percent, max(last_work_time) AS last, count(*) AS rows FROM encoding WHERE work_date = $1::date",
          ["2021-10-03"],
        )
        expect(sums).toStrictEqual([
          { bytes: 12n * 2n ** 62n + 1_000n, percent: 100, last: "2021-09-11T15:00:01.000Z", rows: 13n },
        ])
      }),
    )

    it.effect(`to ${which} gives every text as it was loaded`, () =>
      Effect.gen(function* () {
        const { archive, query } = yield* open({})
        yield* archive.prepare("vodstation.example")
        const texts = awkwardTexts(2_000)
        const rows = rowsOf(2_000).map((row, at) => ({
          ...row,
          categoryId: BigInt(at),
          categoryName: texts[at]!,
        }))
        yield* loadDay(archive, { rows })
        const found = yield* query.select("SELECT category_name FROM encoding ORDER BY category_id")
        expect(found.map((row) => row["category_name"])).toEqual(texts)
      }),
    )

    it.effect(`to ${which} can be asked of a range of days`, () =>
      Effect.gen(function* () {
        const { archive, query } = yield* open({})
        yield* archive.prepare("vodstation.example")
        yield* fillEveryView(archive, "2026-01-01")
        const days = (from?: string, before?: string) =>
          Effect.map(
            query.select(
              "SELECT work_date FROM daily_outcome WHERE work_date >= $1::date AND work_date < $2::date ORDER BY 1",
              dayParameters(from, before),
            ),
            (rows) => rows.map((row) => row["work_date"]),
          )
        expect(yield* days("2021-09-13", "2021-10-03")).toEqual(["2021-09-13", "2021-10-01"])
        expect(yield* days("2025-11-23")).toEqual(["2025-12-31"])
        expect(yield* days(undefined, "2021-09-13")).toEqual(["2021-09-12"])
        expect(yield* days()).toHaveLength(6)
      }),
    )

    it.effect(`to ${which} is answered from what was committed last`, () =>
      Effect.gen(function* () {
        const { archive, query } = yield* open({})
        yield* archive.prepare("vodstation.example")
        const count = Effect.map(
          query.select("SELECT count(*) AS rows FROM encoding"),
          ([row]) => row!["rows"],
        )
        expect(yield* count).toBe(0n)
        yield* loadDay(archive, { workDate: "2021-09-12", rows: rowsOf(3) })
        expect(yield* count).toBe(3n)
        yield* loadDay(archive, { workDate: "2021-09-13", rows: rowsOf(2) })
        expect(yield* count).toBe(5n)
      }),
    )

    it.effect(`to ${which} writes nothing`, () =>
      Effect.gen(function* () {
        const { archive, query } = yield* open({})
        yield* archive.prepare("vodstation.example")
        const refused = yield* Effect.flip(query.select("DELETE FROM extraction_run"))
        expect(refused._tag).toBe("ArchiveFailed")
      }),
    )

    it.effect(`to ${which} of nothing has no rows, and where nothing was made yet says so`, () =>
      Effect.gen(function* () {
        const { archive, query, place } = yield* open({})
        const error = yield* Effect.flip(query.select("SELECT 1 AS one FROM encoding"))
        expect(error._tag).toBe("ArchiveUnusable")
        const files = which === "Postgres" ? "" : ` --archive csv --out ${place}`
        expect(error.message.split(": there is no archive yet. ")[1]).toBe(
          `Make one with: vodstation-etl backfill --from -7d${files}`,
        )
        expect(fs.existsSync(place)).toBe(false)
        yield* archive.prepare("vodstation.example")
        for (const name of [...tables.slice(1), ...views])
          expect([name, yield* query.select(`SELECT * FROM ${name}`)]).toEqual([name, []])
      }),
    )
  }
})
