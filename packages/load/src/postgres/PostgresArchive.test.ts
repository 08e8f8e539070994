import { expect, layer } from "@effect/vitest"
import { Context, Effect, Schema } from "effect"
import { Archive } from "../Archive.ts"
import { migrationNames } from "./migrationNames.ts"
import { PostgresDatabase } from "./PostgresDatabase.ts"
import { encodingOf, firstReadAt, load, otherRun, run, workDate } from "./reading.fixture.ts"
import { openArchive, TestPostgres } from "./TestPostgres.fixture.ts"

const host = "vodstation.apigw.ntruss.com"

const open = (schema: string, options?: Parameters<typeof openArchive>[1]) =>
  Effect.map(openArchive(schema, options), (context) => Context.get(context, Archive))

const tablesOf = (schema: string) =>
  Effect.gen(function* () {
    const { query } = yield* TestPostgres
    const rows = yield* query(
      `SELECT c.relname AS name, obj_description(c.oid) AS comment FROM pg_class c
       WHERE c.relnamespace = to_regnamespace('${schema}') AND c.relkind = 'r' ORDER BY 1`,
    )
    return rows.map((row) => row["name"] as string)
  })

const tables = [
  "archive_migration",
  "archive_setting",
  "encoding",
  "encoding_history",
  "extraction_day",
  "extraction_run",
  "rejected_record",
]

layer(TestPostgres.layer, { excludeTestServices: true })("an archive in Postgres", (it) => {
  it.effect("that does not exist yet is empty, and opening it makes nothing", () =>
    Effect.gen(function* () {
      const schema = yield* (yield* TestPostgres).freshSchema
      const archive = yield* open(schema)
      expect([yield* archive.ledger(), yield* archive.runs(10)]).toEqual([[], []])
      expect(archive.timeZone).toBe("Asia/Seoul")
      expect(yield* tablesOf(schema)).toEqual([])
    }),
  )

  it.effect("is made by prepare, and says what every table, view and column holds", () =>
    Effect.gen(function* () {
      const { freshSchema, query } = yield* TestPostgres
      const schema = yield* freshSchema
      yield* (yield* open(schema)).prepare(host)
      expect(yield* tablesOf(schema)).toEqual(tables)
      const silent = yield* query(
        `SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
         WHERE c.relnamespace = to_regnamespace('${schema}') AND c.relkind IN ('r', 'v')
           AND (coalesce(col_description(c.oid, a.attnum), '') = '' OR coalesce(obj_description(c.oid), '') = '')`,
      )
      expect(silent).toEqual([])
      const otherOrder = yield* query(
        `SELECT table_name, column_name FROM information_schema.columns
         WHERE table_schema = '${schema}' AND table_name <> 'archive_migration'
           AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`,
      )
      expect(otherOrder).toEqual([])
    }),
  )

  it.effect("is made once by programs that come at the same time", () =>
    Effect.gen(function* () {
      const { freshSchema, query } = yield* TestPostgres
      const schema = yield* freshSchema
      const archives = yield* Effect.all(Array.from({ length: 4 }, () => open(schema)))
      yield* Effect.forEach(archives, (archive) => archive.prepare(host), { concurrency: "unbounded" })
      expect(yield* query(`SELECT name FROM ${schema}.archive_migration`)).toEqual(
        migrationNames().map((name) => ({ name })),
      )
      expect(yield* query(`SELECT * FROM ${schema}.archive_setting ORDER BY name`)).toEqual([
        { name: "host", value: host },
        { name: "time_zone", value: "Asia/Seoul" },
      ])
    }),
  )

  it.effect("keeps its time zone: another one is refused, and nothing is touched", () =>
    Effect.gen(function* () {
      const { freshSchema } = yield* TestPostgres
      const schema = yield* freshSchema
      yield* (yield* open(schema, { timeZone: "Europe/Berlin" })).prepare(host)
      expect((yield* open(schema)).timeZone).toBe("Europe/Berlin")
      expect((yield* open(schema, { timeZone: "europe/berlin" })).timeZone).toBe("Europe/Berlin")
      const error = yield* Effect.flip(open(schema, { timeZone: "Asia/Seoul" }))
      expect(error).toMatchObject({ _tag: "ArchiveUnusable" })
      expect(error.message).toContain("was made with time zone Europe/Berlin, not Asia/Seoul")
      const nowhere = yield* Effect.flip(open(schema, { timeZone: "Mars/Olympus" }))
      expect(nowhere.message).toContain('there is no time zone "Mars/Olympus"')
    }),
  )

  it.effect("keeps the time zone of whoever makes it first", () =>
    Effect.gen(function* () {
      const { freshSchema } = yield* TestPostgres
      const schema = yield* freshSchema
      const [seoul, berlin] = [yield* open(schema), yield* open(schema, { timeZone: "Europe/Berlin" })]
      yield* seoul.prepare(host)
      expect(yield* Effect.flip(berlin.prepare(host))).toMatchObject({ _tag: "ArchiveUnusable" })
    }),
  )

  it.effect("keeps its host", () =>
    Effect.gen(function* () {
      const { freshSchema } = yield* TestPostgres
      const schema = yield* freshSchema
      const archive = yield* open(schema)
      yield* archive.prepare(host)
      yield* archive.prepare(host)
      const error = yield* Effect.flip(archive.prepare("vodstation.apigw.gov-ntruss.com"))
      expect(error._tag).toBe("ArchiveUnusable")
      expect(error.message).toContain(`is filled from ${host}, not vodstation.apigw.gov-ntruss.com`)
    }),
  )

  it.effect("that a newer program has made is refused, untouched", () =>
    Effect.gen(function* () {
      const { freshSchema, query } = yield* TestPostgres
      const schema = yield* freshSchema
      const archive = yield* open(schema)
      yield* archive.prepare(host)
      yield* query(`INSERT INTO ${schema}.archive_migration (name, run_on) VALUES ('9999_later', now())`)
      for (const error of [yield* Effect.flip(open(schema)), yield* Effect.flip(archive.prepare(host))]) {
        expect(error).toMatchObject({ _tag: "ArchiveUnusable" })
        expect(error.message).toContain("was made by a newer vodstation-etl (it has 9999_later)")
      }
      expect(yield* tablesOf(schema)).toEqual(tables)
    }),
  )

  it.effect("does not mix with tables of somebody else", () =>
    Effect.gen(function* () {
      const { freshSchema, query } = yield* TestPostgres
      const schema = yield* freshSchema
      yield* query(`CREATE SCHEMA ${schema} CREATE TABLE encoding (theirs int)`)
      const error = yield* Effect.flip((yield* open(schema)).prepare(host))
      expect(error._tag).toBe("ArchiveUnusable")
      expect(error.message).toContain("VODSTATION_SCHEMA")
      expect(yield* tablesOf(schema)).toEqual(["encoding"])
    }),
  )

  it.effect("remembers a failure as the day's error, and nothing else of a day that was loaded", () =>
    Effect.gen(function* () {
      const { freshSchema } = yield* TestPostgres
      const archive = yield* open(yield* freshSchema)
      yield* archive.prepare(host)
      yield* archive.recordFailure(workDate, run, "timed out")
      yield* archive.recordFailure(workDate, otherRun, "timed out again")
      const nothing = { proof: null, apiTotal: null, rowCount: null, openRows: null, rejectedRows: null }
      expect(yield* archive.ledger()).toEqual([
        {
          ...{
            workDate,
            state: "failed",
            ...nothing,
            requests: null,
            pages: null,
            readAt: null,
            digest: null,
          },
          ...{ ...otherRun, error: "timed out again" },
        },
      ])
      yield* load(archive, [encodingOf(1)], firstReadAt)
      const [loaded] = yield* archive.ledger()
      expect(loaded).toMatchObject({ state: "closed", readAt: firstReadAt, error: null, ...run })
      yield* archive.recordFailure(workDate, otherRun, "refused")
      expect(yield* archive.ledger()).toEqual([{ ...loaded, error: "refused" }])
    }),
  )

  it.effect("tells the ledger in the order of days, or a range of it", () =>
    Effect.gen(function* () {
      const { freshSchema } = yield* TestPostgres
      const archive = yield* open(yield* freshSchema)
      yield* archive.prepare(host)
      const days = ["2021-09-14", "2021-09-12", "2021-09-13", "1999-01-01"]
      yield* Effect.forEach(days, (day) => archive.recordFailure(day, run, "x"))
      const dates = (range?: { from: string; before: string }) =>
        Effect.map(archive.ledger(range), (ledger) => ledger.map((day) => day.workDate))
      expect(yield* dates()).toEqual(days.toSorted())
      expect(yield* dates({ from: "2021-09-12", before: "2021-09-14" })).toEqual(["2021-09-12", "2021-09-13"])
    }),
  )

  it.effect("remembers its runs, newest first, and those that were killed", () =>
    Effect.gen(function* () {
      const { freshSchema } = yield* TestPostgres
      const archive = yield* open(yield* freshSchema)
      yield* archive.prepare(host)
      const options = { from: "2021-09-01", refresh: true, "page-size": 1000, awkward: "'\"\\\n😀" }
      const start = { command: "backfill", startedAt: firstReadAt, options, version: "0.1.0" } as const
      const end = {
        finishedAt: firstReadAt + 5_001,
        outcome: "incomplete",
        days: { planned: 1, skipped: 2, closed: 3, open: 4, failed: 5 },
        rows: {
          read: 2 ** 40,
          inserted: 7,
          changed: 8,
          unchanged: 9,
          missing: 10,
          withdrawn: 11,
          rejected: 12,
        },
        requests: 13,
        retries: 14,
      } as const
      yield* archive.startRun({ ...start, ...run })
      yield* archive.startRun({ ...start, ...otherRun, startedAt: firstReadAt + 1 })
      yield* archive.finishRun(run.runId, end)
      expect(yield* archive.runs(5)).toEqual([
        { ...start, ...otherRun, startedAt: firstReadAt + 1, end: null },
        { ...start, ...run, end },
      ])
      expect(yield* archive.runs(1)).toMatchObject([otherRun])
    }),
  )

  it.effect("can be read by SQL beside, and only read", () =>
    Effect.gen(function* () {
      const { freshSchema } = yield* TestPostgres
      const context = yield* openArchive(yield* freshSchema)
      const database = Context.get(context, PostgresDatabase)
      yield* Context.get(context, Archive).prepare(host)
      const Row = Schema.Struct({
        day: Schema.String,
        size: Schema.BigInt,
        at: Schema.Finite,
        raw: Schema.String,
      })
      const read =
        "SELECT $1::date AS day, 9007199254740993 AS size, $2::timestamptz AS at, '{ }'::json AS raw"
      expect(yield* database.select(Row, read, [workDate, "2021-09-12T00:00:00.5+09:00"])).toEqual([
        { day: workDate, size: 9007199254740993n, at: 1_631_372_400_500, raw: "{ }" },
      ])
      const error = yield* Effect.flip(database.select(Row, "DELETE FROM encoding RETURNING 1"))
      expect(error.message).toContain("read-only transaction")
    }),
  )
})
